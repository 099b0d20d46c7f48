import type { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { FRONT, moduleModel } from './chassis.ts';

const { white, dark, steel, grey, glass, accent } = MATERIALS;

/** Reservoirs in a row behind a window on the front of the base, and their pumps below. */
export function addReservoirs(body: Assembly, count: number, z = 0.3): void {
  const pitch = 0.14;
  body.box(dark, [0.46, 0.006, 0.2], [0, FRONT + 0.001, z - 0.01], 0.006);
  for (let i = 0; i < count; i++) {
    const x = (i - (count - 1) / 2) * pitch;
    body.cylinder(white, 0.045, 0.13, [x, FRONT + 0.012, z + 0.005]);
    body.cylinder(accent, 0.02, 0.018, [x, FRONT + 0.012, z + 0.135]);
    body.cylinder(grey, 0.034, 0.014, [x, FRONT - 0.008, z - 0.115], 'y');
    body.box(steel, [0.05, 0.008, 0.008], [x, FRONT - 0.01, z - 0.119], 0.003);
  }
  body.box(glass, [0.47, 0.008, 0.21], [0, FRONT - 0.036, z - 0.015], 0.003);
}

/** Base module for liquids: three reservoirs and their pumps. */
export const liquidModule = moduleModel({
  front: 'panel',
  insert: (body) => addReservoirs(body, 3),
});
