/**
 * Child process of the matrix bench: `<cassettes> <days>` in the farming matrix of 400 modules. Tells
 * its parent the CPU time of these days, after two days in which the machine code is made, and the
 * largest memory.
 */
import { buildTwin } from '../src/main/plant-assembly.ts';
import { farmingMatrix, largeValues } from '../test/main/support/farming-matrix.ts';
import { growCultures } from './support/matrix-cultures.ts';
import { timed } from './support/measure.ts';

/** What the child tells. */
export interface MatrixDays {
  readonly modules: number;
  readonly setUpCpu: number;
  readonly cpu: number;
  /** [bytes] */
  readonly memory: number;
  readonly imbalance: number;
}

const WARM_UP_DAYS = 2;
const [cassettes = 1000, days = 1] = process.argv.slice(2).map(Number);

const setUp = await timed(() => {
  const twin = buildTwin(farmingMatrix(largeValues()), 1);
  return { twin, matrix: growCultures(twin, cassettes) };
});
const { twin, matrix } = setUp.result;
matrix.advance(24 * WARM_UP_DAYS);
const { cpu } = await timed(() => matrix.advance(24 * days));
if (matrix.complaints.length > 0) throw new Error(matrix.complaints.slice(0, 5).join('; '));
const told: MatrixDays = {
  modules: twin.scene.devices.filter(({ definition }) => definition.type.endsWith('-module'))
    .length,
  setUpCpu: setUp.cpu,
  cpu,
  memory: process.resourceUsage().maxRSS * 1024,
  imbalance: twin.massBalance.worst(twin.plant, twin.now).relativeError,
};
process.send?.(told);
process.disconnect?.();
