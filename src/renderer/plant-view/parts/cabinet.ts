import { Group } from 'three';
import type { Vec3 } from '../../../kernel/pose.ts';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';

const { coat, dark, steel, glass, rubber, white } = MATERIALS;

/**
 * Open-fronted insulated box on a machine compartment: the chamber begins at `foot` and ends `head`
 * below the top; walls are `t` thick [m].
 */
export function insulatedShell(
  body: Assembly,
  [w, d, h]: Vec3,
  foot: number,
  head: number,
  t: number,
): void {
  body.box(dark, [w - 0.05, d - 0.05, 0.03], [0, 0, 0], 0.006);
  body.box(coat, [w, d, foot - 0.02], [0, 0, 0.02], 0.014);
  for (const x of [-1, 1]) {
    body.box(coat, [t, d, h - foot + 0.02], [x * (w / 2 - t / 2), 0, foot - 0.02], 0.012);
  }
  body.box(coat, [w, t, h - foot + 0.02], [0, d / 2 - t / 2, foot - 0.02], 0.012);
  body.box(coat, [w, d, head], [0, 0, h - head], 0.012);
  body.box(white, [w - 2 * t, 0.006, h - head - foot], [0, d / 2 - t - 0.004, foot], 0.002);
}

/** Door that turns about its left edge: Z up, the leaf towards +X, its front towards -Y. */
export function hingedDoor(w: number, h: number, kind: 'glass' | 'solid'): Group {
  const body = new Assembly();
  const frame = 0.042;
  const t = 0.03;
  if (kind === 'glass') {
    for (const x of [frame / 2, w - frame / 2]) {
      body.box(coat, [frame, t, h], [x, -t / 2, 0], 0.01);
    }
    for (const z of [0, h - frame]) {
      body.box(coat, [w - 0.02, t, frame], [w / 2, -t / 2, z], 0.01);
    }
    body.box(
      glass,
      [w - 2 * frame + 0.01, 0.01, h - 2 * frame + 0.01],
      [w / 2, -t / 2, frame - 0.005],
      0.003,
    );
  } else {
    body.box(coat, [w, t + 0.012, h], [w / 2, -t / 2 - 0.006, 0], 0.014);
  }
  const grip = Math.min(0.24, h * 0.6);
  const out = kind === 'glass' ? t : t + 0.012;
  body.cylinder(steel, 0.007, grip, [w - 0.03, -out - 0.028, (h - grip) / 2]);
  for (const z of [(h - grip) / 2 + 0.02, (h + grip) / 2 - 0.02]) {
    body.cylinder(steel, 0.005, 0.03, [w - 0.03, -out - 0.028, z], 'y');
  }
  body.box(rubber, [w - 0.03, 0.006, 0.008], [w / 2, 0, 0.004], 0.002);
  const leaf = new Group();
  leaf.add(body.build());
  return leaf;
}
