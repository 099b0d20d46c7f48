import type { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { addGrille, DECK, FRONT, moduleModel, WIDTH } from './chassis.ts';

const { white, steel, darkSteel, dark, aluminium, accent, grey, glass, rubber, film } = MATERIALS;

/** Valve with a handwheel on the front of the tower or base. */
function addValve(body: Assembly, x: number, y: number, z: number): void {
  body.cylinder(steel, 0.013, 0.03, [x, y - 0.03, z], 'y');
  body.ring(dark, 0.022, 0.004, [x, y - 0.034, z], 'y');
}

/** Media supply: two tanks on rollers behind glass, pump and manifold above. */
export const mediaSupplyModule = moduleModel({
  front: 'open',
  transfer: false,
  insert: (body) => {
    for (const [i, x] of [-0.135, 0.135].entries()) {
      body.lathe(
        i === 0 ? white : aluminium,
        [
          [0, 0],
          [0.1, 0],
          [0.118, 0.02],
          [0.118, 0.39],
          [0.09, 0.43],
          [0.03, 0.445],
          [0, 0.447],
        ],
        [x, -0.08, 0.075],
        'z',
        28,
      );
      body.ring(grey, 0.119, 0.004, [x, -0.08, 0.2]);
      body.ring(grey, 0.119, 0.004, [x, -0.08, 0.38]);
      body.box(i === 0 ? accent : grey, [0.1, 0.006, 0.05], [x, -0.2, 0.27], 0.003);
      addValve(body, x, FRONT + 0.06, 0.1);
      body.hose(film, 0.007, [
        [x, -0.08, 0.52],
        [x, -0.14, 0.57],
        [x * 0.6, -0.2, 0.62],
        [x * 0.4, -0.2, 0.66],
      ]);
    }
    body.box(glass, [WIDTH - 0.08, 0.006, 0.47], [0, FRONT + 0.012, 0.075], 0.002);
    body.box(white, [0.3, 0.14, 0.06], [0, -0.18, DECK], 0.014);
    for (const x of [-0.08, 0.08])
      body.cylinder(darkSteel, 0.045, 0.03, [x, -0.28, DECK + 0.07], 'y');
    body.box(steel, [0.44, 0.03, 0.03], [0, -0.12, DECK + 0.06], 0.008);
  },
});

/** Gas supply: bottles behind an open front, with their pressure reducers. */
export const gasSupplyModule = moduleModel({
  front: 'open',
  transfer: false,
  insert: (body) => {
    for (const [i, x] of [-0.17, 0, 0.17].entries()) {
      const shell = [grey, darkSteel, white][i] ?? grey;
      body.lathe(
        shell,
        [
          [0, 0],
          [0.068, 0],
          [0.074, 0.01],
          [0.074, 0.36],
          [0.05, 0.41],
          [0.02, 0.43],
          [0.02, 0.45],
          [0, 0.452],
        ],
        [x, -0.14, 0.068],
        'z',
        24,
      );
      body.cylinder(steel, 0.012, 0.03, [x, -0.17, 0.53], 'y');
      body.cylinder(white, 0.022, 0.012, [x, -0.2, 0.535], 'y');
      body.box(accent, [0.05, 0.006, 0.04], [x, -0.213, 0.3], 0.002);
      body.hose(steel, 0.004, [
        [x, -0.14, 0.54],
        [x, -0.1, 0.56],
        [x * 0.5, -0.1, 0.6],
        [x * 0.4, -0.1, 0.63],
      ]);
    }
    body.box(steel, [WIDTH - 0.1, 0.012, 0.02], [0, -0.225, 0.2], 0.005);
    body.box(steel, [WIDTH - 0.1, 0.012, 0.02], [0, -0.225, 0.42], 0.005);
    body.box(white, [0.34, 0.1, 0.05], [0, -0.14, DECK], 0.012);
    for (const x of [-0.1, 0, 0.1]) {
      body.cylinder(white, 0.028, 0.014, [x, -0.2, DECK + 0.034], 'y');
      addValve(body, x, -0.22, DECK + 0.034);
    }
  },
});

/** Waste: canister with a sight glass, and the inlet above. */
export const wasteModule = moduleModel({
  front: 'panel',
  transfer: false,
  insert: (body) => {
    body.box(dark, [0.3, 0.008, 0.36], [-0.08, FRONT - 0.001, 0.11], 0.01);
    body.box(grey, [0.26, 0.02, 0.3], [-0.08, FRONT + 0.002, 0.13], 0.02);
    body.box(film, [0.04, 0.012, 0.26], [-0.08, FRONT - 0.014, 0.15], 0.004);
    for (let i = 0; i < 6; i++)
      body.box(white, [0.014, 0.004, 0.003], [-0.045, FRONT - 0.01, 0.17 + i * 0.042], 0.001);
    addGrille(body, 0.18, 0.12, 0.12, 8);
    body.cylinder(darkSteel, 0.06, 0.05, [0, -0.19, DECK]);
    body.ring(rubber, 0.06, 0.006, [0, -0.19, DECK + 0.05]);
    body.hose(grey, 0.018, [
      [0, -0.19, DECK + 0.05],
      [0, -0.18, DECK + 0.14],
      [0, -0.1, DECK + 0.2],
      [0, 0, DECK + 0.21],
    ]);
  },
});
