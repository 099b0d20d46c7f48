import { readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { deviceDefinitions } from '../device-registry.ts';
import { recipeNames } from '../recipe-files.ts';
import { SCENES_FOLDER } from '../scene-files.ts';

/** `doppel list`: scenes, recipes and device types that come with Doppel. */
export function listCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('list')
    .description('list scenes, recipes and device types')
    .option('--json', 'print one JSON object')
    .action(({ json }: { json?: boolean }) => {
      const scenes = readdirSync(SCENES_FOLDER)
        .filter((f) => f.endsWith('.yaml'))
        .sort();
      const recipes = recipeNames();
      const types = [...deviceDefinitions().values()].map(({ type, title }) => ({ type, title }));
      if (json === true) {
        process.stdout.write(`${JSON.stringify({ scenes, recipes, deviceTypes: types })}\n`);
      } else {
        process.stdout.write(`Scenes\n${scenes.map((s) => `  scenes/${s}`).join('\n')}\n`);
        process.stdout.write(`Recipes\n${recipes.map((r) => `  ${r}`).join('\n')}\n`);
        const rows = types.map(({ type, title }) => `  ${type.padEnd(26)}${title}`);
        process.stdout.write(`Device types\n${rows.join('\n')}\n`);
      }
      done(0);
    });
}
