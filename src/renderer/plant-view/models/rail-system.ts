import type { Vec3 } from '../../../kernel/pose.ts';
import { Assembly } from '../assembly.ts';
import type { FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';

const { steel, darkSteel, coat, grey, dark } = MATERIALS;

/** Height of what is let into the floor, above the paint on it [m]. */
const FLUSH = 0.006;

/** A straight run of rail, or a pad on which a shuttle waits. */
interface Run {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly isPad: boolean;
}

/** Rails of all aisles and levels, with the cross rail and the berths. */
export const railSystem: FleetModelBuilder = (equipment) => {
  const number = (name: string, fallback: number): number =>
    appearanceNumber(equipment, name, fallback);
  const width = number('railWidth', 0.5);
  const thickness = number('railThickness', 0.06);
  const runs = planRuns(number, equipment.appearance.farLifts === true);
  return {
    body: (detail) => {
      const body = new Assembly(detail);
      // Thousands of small parts: plain boxes do.
      const plain = new Assembly(detail === 2 ? 2 : 1);
      for (const run of runs) addRun(body, plain, run, width, thickness);
      return body.take(plain);
    },
    boxes: runs.map(({ from, to }) => {
      const half = width / 2;
      return [
        [Math.min(from[0], to[0]) - half, Math.min(from[1], to[1]) - half, from[2] - thickness],
        [Math.max(from[0], to[0]) + half, Math.max(from[1], to[1]) + half, from[2]],
      ] as const;
    }),
  };
};

function planRuns(number: (name: string, fallback: number) => number, farLifts: boolean): Run[] {
  const [aisles, columns, levels] = [
    number('aisles', 1),
    number('columns', 4),
    number('levels', 1),
  ];
  const [column, level, floor] = [
    number('column', 0.65),
    number('level', 1.15),
    number('floor', 0),
  ];
  const end = ((columns - 1) / 2) * column;
  const head = -end - number('headGap', 0.8);
  const tail = end + number('headGap', 0.8);
  const cross = head - number('crossGap', 0.9);
  const side = number('sideGap', 0.85);
  const pitch = number('aislePitch', 2.4);
  const yOf = (aisle: number): number => (aisle - (aisles - 1) / 2) * pitch;
  const runs: Run[] = [];
  const add = (from: Vec3, to: Vec3, isPad = false): void => void runs.push({ from, to, isPad });
  for (let l = 0; l < levels; l++) {
    const z = floor + l * level;
    for (let a = 0; a < aisles; a++) {
      const y = yOf(a);
      add([head, y, z], [tail, y, z]);
      add([head, y - side, z], [head, y - side, z], true);
      add([head, y - side, z], [head, y + (levels > 1 ? side : 0), z]);
      if (l > 0) add([cross, y, z], [head, y, z]);
      if (farLifts && levels > 1) add([tail, y, z], [tail, y + side, z]);
    }
  }
  const [first, last] = [yOf(0), yOf(aisles - 1)];
  add([cross, first, floor], [cross, last, floor]);
  for (let a = 0; a < aisles; a++) add([cross, yOf(a), floor], [head, yOf(a), floor]);
  // Berths behind the cross rail, three per aisle.
  const berths = 3 * (aisles - 1) + 1;
  for (let n = 0; n < berths; n++) {
    const at: Vec3 = [cross - number('crossGap', 0.9), first + (n * pitch) / 3, floor];
    add(at, [cross, at[1], floor]);
    add(at, at, true);
  }
  return runs;
}

function addRun(body: Assembly, plain: Assembly, run: Run, width: number, thickness: number): void {
  const { from, to, isPad } = run;
  const [x, y, z] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, from[2]];
  if (z < thickness) return addFlush(body, run, width);
  if (isPad) {
    body.box(coat, [0.6, 0.6, 0.03], [x, y, z - thickness], 0.008);
    body.box(grey, [0.5, 0.5, 0.004], [x, y, z - thickness + 0.03], 0.002);
    addFeet(plain, [[x, y, z]], thickness);
    return;
  }
  const alongX = Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1]);
  const length = Math.abs(alongX ? to[0] - from[0] : to[1] - from[1]);
  if (length < 0.01) return;
  for (const side of [-1, 1]) {
    const off = side * (width / 2 - 0.03);
    const at: Vec3 = alongX ? [x, y + off, z - thickness] : [x + off, y, z - thickness];
    body.box(darkSteel, alongX ? [length, 0.05, thickness] : [0.05, length, thickness], at, 0.006);
    const top: Vec3 = [at[0], at[1], z - 0.006];
    body.box(steel, alongX ? [length, 0.03, 0.008] : [0.03, length, 0.008], top, 0.003);
  }
  const count = Math.max(1, Math.round(length / 0.65));
  const feet: Vec3[] = [];
  for (let i = 0; i <= count; i++) {
    const along = -length / 2 + (i * length) / count;
    const at: Vec3 = alongX ? [x + along, y, z] : [x, y + along, z];
    plain.box(
      grey,
      alongX ? [0.05, width, 0.03] : [width, 0.05, 0.03],
      [at[0], at[1], z - thickness],
      0.004,
    );
    if (i % 4 === 0) feet.push(at);
  }
  addFeet(plain, feet, thickness);
}

/** Rails let into the floor, and pads of berths on it. */
function addFlush(body: Assembly, { from, to, isPad }: Run, width: number): void {
  const [x, y, z] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, from[2] + FLUSH];
  if (isPad) {
    body.box(coat, [0.7, 0.76, 0.003], [x, y, z], 0.001);
    body.box(grey, [0.62, 0.68, 0.003], [x, y, z + 0.001], 0.001);
    return;
  }
  const alongX = Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1]);
  const length = Math.abs(alongX ? to[0] - from[0] : to[1] - from[1]);
  if (length < 0.01) return;
  for (const side of [-1, 1]) {
    const off = side * (width / 2 - 0.03);
    const [ax, ay] = alongX ? [x, y + off] : [x + off, y];
    body.box(dark, alongX ? [length, 0.08, 0.003] : [0.08, length, 0.003], [ax, ay, z], 0.001);
    body.box(
      steel,
      alongX ? [length, 0.034, 0.004] : [0.034, length, 0.004],
      [ax, ay, z + 0.001],
      0.001,
    );
  }
}

/** Feet down to the floor; upper levels rest on the racks. */
function addFeet(plain: Assembly, at: readonly Vec3[], thickness: number): void {
  for (const [x, y, z] of at) {
    if (z > 0.5) continue;
    for (const side of [-1, 1])
      plain.box(dark, [0.06, 0.06, z - thickness], [x + side * 0.12, y, 0], 0.004);
  }
}
