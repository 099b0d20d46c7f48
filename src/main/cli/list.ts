import { readdirSync } from 'node:fs';
import type { Command } from 'commander';
import type { Scene } from '../../twin/scene/scene.ts';
import { deviceDefinitions } from '../device-registry.ts';
import { demandNames, recipeNames } from '../control-files.ts';
import { SCENES_FOLDER } from '../scene-files.ts';
import { sceneArgument, setOption } from './options.ts';
import { contentsOf, formatTable } from './scene-contents.ts';

interface Options {
  readonly set: ReadonlyMap<string, string>;
  readonly json?: boolean;
}

/**
 * `doppel list`: scenes, recipes, demands and device types that come with Doppel; `doppel list <scene>`: what is in
 * a scene.
 */
export function listCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('list')
    .description('list scenes, recipes, demands and device types, or what is in a scene')
    .argument('[scene]', 'path of a scene file')
    .addOption(setOption())
    .option('--json', 'print one JSON object')
    .action((path: string | undefined, { json, set }: Options) => {
      const [answer, sections] =
        path === undefined ? describeBuild() : describeScene(sceneArgument(path, set).scene);
      process.stdout.write(json === true ? `${JSON.stringify(answer)}\n` : formatLists(sections));
      done(0);
    });
}

type Sections = readonly (readonly [title: string, rows: readonly (readonly string[])[]])[];

function describeBuild(): readonly [object, Sections] {
  const scenes = readdirSync(SCENES_FOLDER)
    .filter((f) => f.endsWith('.yaml'))
    .sort();
  const recipes = recipeNames();
  const demands = demandNames();
  const types = [...deviceDefinitions().values()].map(({ type, title }) => ({ type, title }));
  return [
    { scenes, recipes, demands, deviceTypes: types },
    [
      ['Scenes', scenes.map((scene) => [`scenes/${scene}`])],
      ['Recipes', recipes.map((recipe) => [recipe])],
      ['Demands', demands.map((demand) => [demand])],
      ['Device types', types.map(({ type, title }) => [type, title])],
    ],
  ];
}

function describeScene(scene: Scene): readonly [object, Sections] {
  const { parameters } = contentsOf(scene);
  const devices = scene.devices.map(({ id, title, definition, zone, in: place }) => {
    return { id, type: definition.type, title, zone, ...(place !== undefined && { in: place }) };
  });
  const vessels = scene.vessels.map(({ id, kind, place, batch }) => ({ id, kind, place, batch }));
  const lines = scene.lines.map(({ id, from, to }) => ({ id, from, to }));
  const supplies = scene.supplies.map(({ id, carries, from, to }) => ({ id, carries, from, to }));
  const sections: Sections = [
    ['Parameters', parameters.map(({ name, value, title }) => [name, String(value), title])],
    ['Devices', devices.map((d) => [d.id, d.type, d.in ?? d.zone, d.title])],
    ['Vessels', vessels.map(({ id, kind, place, batch }) => [id, kind, place, batch])],
    ['Lines', lines.map(({ id, from, to }) => [id, from, to])],
    ['Supplies', supplies.map(({ id, carries, from, to }) => [id, carries, from, to.join(' ')])],
  ];
  return [{ parameters, devices, vessels, lines, supplies }, sections];
}

function formatLists(sections: Sections): string {
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => [title, ...formatTable(rows).map((row) => `  ${row}`), ''].join('\n'))
    .join('');
}
