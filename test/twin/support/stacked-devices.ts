import { setup } from 'xstate';
import { defineDevice } from '../../../src/device-emulators/definition/define-device.ts';
import type {
  AnyDeviceDefinition,
  PlaceDeclaration,
} from '../../../src/device-emulators/definition/device.ts';
import type { SupplyKind } from '../../../src/device-emulators/definition/plant-port.ts';
import { upright } from '../../../src/device-emulators/definition/upright.ts';
import { IDENTITY_POSE, type Vec3 } from '../../../src/kernel/pose.ts';
import { loadScene, type SceneContext } from '../../../src/twin/scene/load-scene.ts';
import type { FileProblem } from '../../../src/twin/scene/problem.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';

/** Devices that do nothing but stand in one another: racks hold boxes, boxes hold flasks. */

interface Passive {
  readonly size: Vec3;
  /** Kind of the own vessel `body`. */
  readonly body?: string;
  /** Kind of the own vessel `tank`. */
  readonly tank?: string;
  readonly places?: readonly PlaceDeclaration[];
  readonly supplies?: readonly SupplyKind[];
}

function passive(
  type: string,
  { size, body, tank, places = [], supplies }: Passive,
): AnyDeviceDefinition {
  const vessel = (name: string, kind: string | undefined) =>
    kind === undefined ? [] : [{ name, kind, pose: IDENTITY_POSE }];
  return defineDevice({
    type,
    title: type,
    description: 'A device for tests.',
    identity: { model: type, firmware: '1.0' },
    size,
    config: {},
    quirks: [],
    signals: {},
    commands: {},
    alarms: {},
    places: () => places,
    ports: () => [
      { name: 'hose', title: 'Hose', position: [0, -size[1] / 2, 0], vessel: { own: 'body' } },
    ],
    vessels: () => [...vessel('body', body), ...vessel('tank', tank)],
    ...(body === undefined ? {} : { body: () => 'body' }),
    ...(supplies === undefined ? {} : { supplies: () => supplies }),
    machine: setup({}).createMachine({ initial: 'ready', states: { ready: {} } }),
    initialState: () => ({}),
    effects: {},
    preconditions: {},
    read: {},
    write: {},
    channels: {},
    appearance: () => ({}),
  });
}

function place(name: string, x: number, z: number, kind: string): PlaceDeclaration {
  return { name, title: name, pose: upright(x, 0, z), accepts: [kind], open: true, robot: true };
}

const DOCKS = [1, 2, 3, 4].map((n) =>
  place(`dock${n}`, ((n - 1) % 2) * 0.7 - 0.35, n > 2 ? 1.1 : 0.1, 'reactor-2l'),
);

/** Docks 1 and 2 below, 3 and 4 above, left and right. */
const rack = passive('rack', { size: [1.4, 0.6, 2], places: DOCKS });
const box = passive('box', {
  size: [0.6, 0.6, 0.6],
  body: 'reactor-2l',
  places: [place('shelf', 0, 0.2, 'bottle-250')],
  supplies: ['medium', 'gas'],
});
const crate = passive('crate', {
  size: [0.6, 0.6, 0.6],
  body: 'reactor-2l',
  places: [place('shelf', 0, 0.2, 'bottle-250'), place('bay', 0, 0.3, 'reactor-2l')],
});
const flask = passive('flask', { size: [0.1, 0.1, 0.2], body: 'bottle-250' });
const source = passive('source', { size: [0.5, 0.5, 1], tank: 'bag-20l' });

export const STACKED: SceneContext = {
  definitions: new Map([rack, box, crate, flask, source].map((d) => [d.type, d])),
  liquids: new Set(['brine']),
};

/** The head of a scene of stacked devices with one large zone. */
export const STACKED_HEAD = `doppel: 1
name: stack
title: Stack
epoch: 2026-01-05T06:00:00Z
zones:
  hall:
    title: Hall
    grade: D
    min: [0 m, 0 m, 0 m]
    max: [200 m, 200 m, 5 m]
    pressure: 15 Pa
    temperature: 21 degC
    humidity: 45 %
    airChanges: 15 /h
`;

/** Loads a scene of stacked devices from what follows its head. */
export function loadStacked(body: string): Scene {
  const result = loadScene(STACKED_HEAD + body, 'stack.yaml', STACKED);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.scene;
}

/** A problem, with the text of the line that it names. */
export interface LocatedProblem extends FileProblem {
  readonly source: string;
}

/** What is wrong with a scene of stacked devices. */
export function stackedProblems(body: string): LocatedProblem[] {
  const text = STACKED_HEAD + body;
  const result = loadScene(text, 'stack.yaml', STACKED);
  if (!('problems' in result)) throw new Error('no problem was found');
  const lines = text.split('\n');
  return result.problems.map((problem) => ({ ...problem, source: lines[problem.line - 1] ?? '' }));
}
