import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { type Model, type ModelBuilder, visibleTurn } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, dark, steel, accent, silicone, smoked, rubber, grey } = MATERIALS;
const HEAD = 0.046;
const ROLLERS = 4;

/** Pump with a visible roller head on its front. */
export const peristalticPump: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const front = -d / 2;
  const z = h * 0.62;
  const body = new Assembly();
  body.box(coat, [w, d - 0.04, h - 0.012], [0, 0.02, 0.012], 0.016);
  for (const x of [-1, 1])
    body.box(rubber, [0.03, d - 0.08, 0.014], [x * (w / 2 - 0.03), 0.02, 0], 0.004);
  body.box(dark, [w * 0.86, 0.022, w * 0.72], [0, front + 0.036, z - w * 0.36], 0.014);
  body.ring(grey, HEAD + 0.008, 0.006, [0, front + 0.022, z], 'y');
  const arc: [number, number, number][] = [[-w / 2 - 0.01, front + 0.012, z + HEAD * 0.4]];
  for (let i = 0; i <= 10; i++) {
    const a = Math.PI * 0.86 - (i / 10) * Math.PI * 0.72;
    arc.push([HEAD * Math.cos(a), front + 0.012, z + HEAD * Math.sin(a)]);
  }
  arc.push([w / 2 + 0.01, front + 0.012, z + HEAD * 0.4]);
  body.hose(silicone, 0.004, arc);
  body.box(accent, [w * 0.7, 0.006, 0.008], [0, front + 0.04, 0.026], 0.002);
  const screen = addScreen(body, w * 0.5, 0.026, [0, front + 0.03, 0.034]);
  const object = body.build();
  object.add(screen.mesh);
  const rotor = new Group();
  rotor.position.set(0, front + 0.012, z);
  const parts = new Assembly();
  parts.cylinder(steel, 0.014, 0.02, [0, -0.01, 0], 'y');
  for (let i = 0; i < ROLLERS; i++) {
    const a = (i * 2 * Math.PI) / ROLLERS;
    const at = [0.031 * Math.cos(a), -0.011, 0.031 * Math.sin(a)] as const;
    parts.cylinder(steel, 0.0095, 0.022, at, 'y');
    parts.cylinder(dark, 0.004, 0.026, [at[0], -0.013, at[2]], 'y');
    parts.cylinder(grey, 0.006, 0.008, [at[0] * 0.5, -0.004, at[2] * 0.5], 'y');
  }
  rotor.add(parts.build());
  object.add(
    rotor,
    new Assembly()
      .box(smoked, [w * 0.8, 0.004, w * 0.3], [0, front - 0.004, z + 0.012], 0.002)
      .build(),
  );
  return {
    object,
    screens: [],
    update: (frame) => {
      rotor.rotation.y =
        (rotor.rotation.y + visibleTurn(frame.channel('speed', 0), frame.dt)) % (2 * Math.PI);
    },
  };
};
