import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { readScene } from '../../src/main/scene-files.ts';
import { layOutRacks } from '../../src/renderer/panels/modules/rack-layout.ts';
import { describeView } from '../../src/twin/view.ts';

const FILE = fileURLToPath(new URL('../../scenes/farming-matrix.yaml', import.meta.url));

describe('racks on the map of modules', () => {
  const read = readScene(FILE);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const twin = buildTwin(read.scene, 1);
  const { devices } = twin.describe();
  const racks = layOutRacks(
    describeView(twin).equipment,
    new Map(devices.map((device) => [device.id, device])),
  );

  it('are all devices in which modules stand, from the front of the plant to the back', () => {
    expect(racks.map(({ id }) => id)).toEqual([
      ...['rack-1', 'rack-2', 'rack-3', 'rack-4', 'rack-5', 'rack-6', 'trolley'].sort((a, b) => {
        const y = (id: string): number => devices.find((d) => d.id === id)?.position[1] ?? 0;
        return y(a) - y(b);
      }),
    ]);
  });

  it('have their docks where one sees them from the front, turned racks too', () => {
    for (const id of ['rack-1', 'rack-2']) {
      const rack = racks.find((r) => r.id === id);
      expect([rack?.columns, rack?.levels, rack?.docks.length]).toEqual([10, 2, 20]);
      const first = rack?.docks.find(({ place }) => place === `${id}.dock1`);
      const last = rack?.docks.find(({ place }) => place === `${id}.dock20`);
      expect([first?.column, first?.level]).toEqual([0, 0]);
      expect([last?.column, last?.level]).toEqual([9, 1]);
    }
  });
});
