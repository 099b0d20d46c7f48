import { Group } from 'three';
import type { Vec3 } from '../../../kernel/pose.ts';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { type Model, type ModelBuilder, visibleTurn } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, dark, steel, accent, smoked, rubber, grey } = MATERIALS;
const ROLLERS = 4;
const ORBIT = 0.03;
const ROLLER = 0.0095;

/** Where tubing runs over the rollers, in the pump's frame [m]. */
export const PUMP_HEAD = {
  radius: ORBIT + ROLLER + 0.004,
  /** Tubing enters and leaves this far beside the axis and above it. */
  reach: 0.075,
  drop: 0.004,
  height: ([, , h]: Vec3): number => h * 0.6,
  front: ([, d]: Vec3): number => -d / 2 + 0.012,
} as const;

/** Pump with a visible roller head on its front. */
export const peristalticPump: ModelBuilder = ({ size }): Model => {
  const [w, d, h] = size;
  const front = -d / 2;
  const z = PUMP_HEAD.height(size);
  const y = PUMP_HEAD.front(size);
  const body = new Assembly();
  body.box(coat, [w, d - 0.04, h - 0.012], [0, 0.02, 0.012], 0.018);
  for (const x of [-1, 1]) {
    body.box(rubber, [0.03, d - 0.08, 0.014], [x * (w / 2 - 0.03), 0.02, 0], 0.004);
  }
  body.box(dark, [w * 0.84, 0.02, 0.1], [0, front + 0.034, z - 0.048], 0.014);
  // Track above the rollers, against which they press the tubing.
  body.ring(grey, PUMP_HEAD.radius + 0.009, 0.0045, [0, front + 0.02, z], 'y');
  for (const x of [-1, 1]) {
    body.box(grey, [0.014, 0.026, 0.018], [x * 0.058, y + 0.004, z - 0.006], 0.004);
  }
  body.box(accent, [w * 0.7, 0.006, 0.008], [0, front + 0.04, 0.02], 0.002);
  body.cylinder(dark, 0.01, 0.012, [w / 2 - 0.028, front + 0.03, 0.04], 'y');
  const screen = addScreen(body, 0.07, 0.024, [-0.022, front + 0.042, 0.03]);
  const object = body.build();
  object.add(screen.mesh);
  const parts = new Assembly();
  parts.cylinder(steel, 0.014, 0.02, [0, -0.01, 0], 'y');
  for (let i = 0; i < ROLLERS; i++) {
    const a = (i * 2 * Math.PI) / ROLLERS;
    const [x, up] = [ORBIT * Math.cos(a), ORBIT * Math.sin(a)];
    parts.cylinder(steel, ROLLER, 0.022, [x, -0.011, up], 'y');
    parts.cylinder(dark, 0.004, 0.026, [x, -0.013, up], 'y');
    parts.cylinder(grey, 0.006, 0.008, [x * 0.5, -0.004, up * 0.5], 'y');
  }
  parts.box(accent, [0.008, 0.004, 0.03], [0, -0.012, 0.002], 0.001);
  const rotor = new Group();
  rotor.position.set(0, y, z);
  rotor.add(parts.build());
  object.add(
    rotor,
    new Assembly()
      .box(smoked, [w * 0.8, 0.004, 0.05], [0, front - 0.004, z + 0.006], 0.002)
      .build(),
  );
  return {
    object,
    screens: [screen],
    update: (frame) => {
      // Seen from the front, positive flow runs from left to right over the rollers.
      const turn = visibleTurn(frame.channel('speed', 0), frame.dt);
      rotor.rotation.y = (rotor.rotation.y + turn) % (2 * Math.PI);
    },
  };
};
