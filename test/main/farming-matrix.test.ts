import { beforeAll, describe, expect, it } from 'vitest';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import type { Scene } from '../../src/twin/scene/scene.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { farmingMatrix, largeValues } from './support/farming-matrix.ts';

/** Room of a shuttle's fork in this scene [m]. */
const REACH = { side: 1.06, height: 0.95 };

const countOf = ({ devices }: Scene, type: (name: string) => boolean): number =>
  devices.filter(({ definition }) => type(definition.type)).length;
const modulesOf = (scene: Scene): number => countOf(scene, (type) => type.endsWith('-module'));
const cassettesOf = (scene: Scene): number => countOf(scene, (type) => type === 'cell-cassette');

/** Places of modules that carriers may reach, and docks, that a shuttle does not. */
function outOfReach(twin: Twin): string[] {
  const port = twin.rails.portOf('shuttle-1');
  return [...twin.plant.locations.places]
    .filter(([, { declaration, device }]) =>
      device.definition.type.endsWith('-module')
        ? declaration.robot
        : device.definition.type === 'module-rack',
    )
    .flatMap(([place]) => {
      const task = { name: 'try', place, duration: 7, load: 'empty' as const };
      const refused = port.refuse({ tasks: [task], load: 'empty', ...REACH });
      return refused === undefined ? [] : [`${place}: ${refused.message}`];
    });
}

describe('the farming matrix', () => {
  let scene: Scene;
  let twin: Twin;
  beforeAll(() => {
    scene = farmingMatrix();
    twin = buildTwin(scene, 1);
  });

  it('has about 100 modules, 80 slots, several modules of each kind and room for all cassettes', () => {
    expect(modulesOf(scene)).toBe(101);
    expect(cassettesOf(scene)).toBe(40);
    expect(countOf(scene, (type) => type === 'incubation-module')).toBe(10);
    const kinds = new Set(scene.devices.map(({ definition }) => definition.type));
    for (const kind of kinds) {
      if (!kind.endsWith('-module')) continue;
      expect(countOf(scene, (type) => type === kind)).toBeGreaterThanOrEqual(3);
    }
  });

  it('lets every shuttle get to every dock and place', () => {
    expect(outOfReach(twin)).toEqual([]);
  });

  it('carries a cassette, a bag and a module', () => {
    const give = (parameters: Record<string, string>): string => {
      const common = { client: 'test', sequence: 0, device: 'shuttle-2' };
      const outcome = twin.execute({ ...common, kind: 'invoke', command: 'carry', parameters });
      if (!outcome.ok) return outcome.error.message;
      const runtime = twin.runtime('shuttle-2');
      while (runtime.operation.state === 'running') twin.advanceTo(twin.nextEventTime);
      return runtime.operation.state;
    };
    expect(give({ from: 'parking-3.park1', to: 'centrifuge-5.transfer' })).toBe('completed');
    const receive = { batch: 'P-001', material: 'apheresis', volume: 100, temperature: -150 };
    const common = { client: 'test', sequence: 0, device: 'lock-2' };
    twin.execute({ ...common, kind: 'invoke', command: 'receive', parameters: receive });
    const lock = twin.runtime('lock-2');
    while (lock.operation.state === 'running') twin.advanceTo(twin.nextEventTime);
    expect(lock.operation.state).toBe('completed');
    expect(give({ from: 'lock-2.bag', to: 'thaw-1.bag' })).toBe('completed');
    const dock = twin.plant.locations.location('freezer-4');
    const taken = new Set(scene.devices.map((device) => device.in));
    const free = [...twin.plant.locations.places.keys()].find(
      (place) => /^rack-\d+\.dock/.test(place) && !taken.has(place),
    );
    expect(give({ from: dock, to: free ?? '' })).toBe('completed');
    expect(twin.plant.locations.location('freezer-4')).toBe(free);
    expect(twin.takeEvents().filter(({ type }) => type === 'observer.violation')).toEqual([]);
  });

  it('draws from the spare supply where that of the aisle is shut', () => {
    const source = (): string | undefined => twin.supplies.find('rack-4', 'medium')?.source;
    const common = { client: 'test', sequence: 0 };
    for (const device of ['media-3', 'media-6']) {
      twin.execute({ ...common, device, kind: 'invoke', command: 'open', parameters: {} });
    }
    expect(source()).toBe('media-3.tank');
    twin.execute({ ...common, device: 'media-3', kind: 'fault', fault: 'breakdown', active: true });
    expect(source()).toBe('media-6.tank');
    twin.execute({
      ...common,
      device: 'media-3',
      kind: 'fault',
      fault: 'breakdown',
      active: false,
    });
    expect(source()).toBe('media-3.tank');
  });

  it('holds 400 modules, 1 000 slots and 1 000 cassettes with the values in its head', () => {
    const large = farmingMatrix(largeValues());
    expect(modulesOf(large)).toBe(400);
    expect(cassettesOf(large)).toBe(1000);
    expect(countOf(large, (type) => type === 'incubation-module')).toBe(125);
    expect(outOfReach(buildTwin(large, 1))).toEqual([]);
  });

  it('gives rows the medium of other cells', () => {
    const mixed = farmingMatrix(new Map([['nkRows', '2']]));
    const media = mixed.devices.filter(({ id }) => id.startsWith('media-'));
    expect(media.map(({ config }) => config['medium'])).toEqual([
      'msc-medium',
      'nk-medium',
      'nk-medium',
      'expansion-medium',
      'expansion-medium',
      'expansion-medium',
    ]);
    const shown = ['incubator-1', 'incubator-5', 'incubator-9'].map(
      (id) => buildTwin(mixed, 1).read(id, 'medium')?.value,
    );
    expect(shown).toEqual(['msc-medium', 'nk-medium', 'expansion-medium']);
  });
});
