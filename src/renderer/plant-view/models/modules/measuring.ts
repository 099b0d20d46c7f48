import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { DECK, FRONT, moduleModel, TOWER } from './chassis.ts';

const { white, dark, steel, darkSteel, accent, smoked, grey, lamp } = MATERIALS;

/** Measuring module: imaging optics for counts, flow cell, and a carousel of tests. */
export const measuringModule = moduleModel({
  front: 'panel',
  insert: (body) => {
    // Column of the microscope on the left of the deck.
    const [x, y] = [-0.215, -0.13];
    body.box(white, [0.1, 0.12, 0.05], [x, y, DECK], 0.01);
    body.box(white, [0.07, 0.05, 0.26], [x, y + 0.06, DECK], 0.012);
    body.box(white, [0.08, 0.12, 0.06], [x, y + 0.01, DECK + 0.2], 0.014);
    body.cylinder(darkSteel, 0.024, 0.05, [x, y - 0.01, DECK + 0.155]);
    body.cylinder(dark, 0.015, 0.04, [x, y - 0.01, DECK + 0.118]);
    body.box(steel, [0.07, 0.05, 0.005], [x, y - 0.01, DECK + 0.062], 0.001);
    body.box(lamp, [0.03, 0.02, 0.004], [x, y - 0.01, DECK + 0.054], 0.001);
    body.cylinder(accent, 0.02, 0.05, [x, y + 0.02, DECK + 0.256]);
    // Window with the carousel of cartridges.
    body.box(dark, [0.42, 0.008, 0.24], [0, FRONT - 0.001, 0.26], 0.01);
    for (let i = 0; i < 9; i++) {
      const a = (i / 9) * 2 * Math.PI;
      body.box(
        i % 3 === 0 ? accent : white,
        [0.024, 0.012, 0.024],
        [-0.09 + 0.075 * Math.cos(a), FRONT - 0.006, 0.37 + 0.075 * Math.sin(a)],
        0.003,
      );
    }
    body.cylinder(darkSteel, 0.03, 0.01, [-0.09, FRONT - 0.012, 0.382], 'y');
    for (let i = 0; i < 5; i++)
      body.box(grey, [0.1, 0.006, 0.012], [0.12, FRONT - 0.006, 0.3 + i * 0.032], 0.002);
    body.box(smoked, [0.43, 0.006, 0.25], [0, FRONT - 0.02, 0.255], 0.003);
  },
  parts: () => {
    const needle = new Assembly()
      .box(white, [0.03, 0.03, 0.06], [0, 0, 0.05], 0.006)
      .cylinder(steel, 0.002, 0.06, [0, 0, 0]);
    return [
      {
        body: needle,
        until: 0,
        move: (frame, to) => {
          to.makeTranslation(0.12, TOWER - 0.02, DECK + 0.2 - 0.06 * frame.channel('needle', 0));
        },
      },
    ];
  },
});
