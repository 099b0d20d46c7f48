import type { PlantDescription } from '../../../src/kernel/plant-contract.ts';
import type { ViewScene } from '../../../src/kernel/view-contract.ts';
import { buildTwin, lookOf } from '../../../src/main/plant-assembly.ts';
import { FrameWriter } from '../../../src/twin/frame-writer.ts';
import { describeView } from '../../../src/twin/view.ts';
import { farmingMatrix, largeValues } from '../../main/support/farming-matrix.ts';

/** Between these a shuttle carries a cassette to and fro. */
export const CARRIED = 'cassette-1';
const PLACES = ['parking-1.park1', 'centrifuge-9.transfer'] as const;

/**
 * The farming matrix of 400 modules and 1 000 cassettes, in which a shuttle works without end. Frames
 * are of the time at which they are asked for.
 */
export function largeMatrix(): {
  readonly view: ViewScene;
  readonly description: PlantDescription;
  frame(seconds: number): Float32Array;
} {
  const twin = buildTwin(farmingMatrix(largeValues()), 1);
  const view = describeView(twin);
  const writer = new FrameWriter(twin, view, lookOf);
  const carryOn = (): void => {
    const at = twin.plant.vessel(`${CARRIED}.core`).whereabouts;
    if (at.at !== 'place') return;
    const [from, to] = at.place === PLACES[0] ? PLACES : [PLACES[1], PLACES[0]];
    const common = { client: 'test', sequence: 0, device: 'shuttle-1' };
    twin.execute({ ...common, kind: 'invoke', command: 'carry', parameters: { from, to } });
  };
  return {
    view,
    description: twin.describe(),
    frame: (seconds) => {
      twin.advanceTo(Math.max(twin.now, Math.round(seconds * 1e6)));
      if (seconds > 0) carryOn();
      return writer.write();
    },
  };
}
