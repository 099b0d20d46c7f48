import type { Group } from 'three';
import { CapsuleGeometry, Color, CylinderGeometry, Mesh } from 'three';
import { Assembly, type Point } from '../assembly.ts';
import { tintOf } from '../batches.ts';
import { LAMP, MATERIALS } from '../materials.ts';

/** What a device's stack light says. */
export interface LampState {
  readonly alarm: 'none' | 'critical' | 'high' | 'medium' | 'low';
  readonly busy: boolean;
}

export interface Lamp {
  show(state: LampState): void;
}

/** As on the operator's screens; lit colours are brighter than white paper. */
export const ALARM_COLOURS = {
  critical: new Color('#ff2a20'),
  high: new Color('#ff7a1a'),
  medium: new Color('#ffc91f'),
  low: new Color('#c46bff'),
} as const;
export const BUSY_COLOUR = new Color('#f4fbff').multiplyScalar(1.15);
export const DARK_COLOUR = new Color('#8f989d');

const SEGMENT = new CylinderGeometry(0.013, 0.013, 0.026, 20).rotateX(Math.PI / 2).toNonIndexed();
SEGMENT.deleteAttribute('uv');
const CAP = new CapsuleGeometry(0.0115, 0.001, 3, 16).rotateX(Math.PI / 2);

function segment(z: number): Mesh {
  const mesh = new Mesh(SEGMENT, LAMP);
  mesh.position.z = z;
  return mesh;
}

/** Two-segment stack light: alarm above, white for busy below. */
export function createStackLight(at: Point): { object: Group; lamp: Lamp } {
  const object = new Assembly()
    .cylinder(MATERIALS.steel, 0.005, 0.05, [0, 0, 0])
    .cylinder(MATERIALS.dark, 0.0105, 0.012, [0, 0, 0.04])
    .cylinder(MATERIALS.dark, 0.0115, 0.005, [0, 0, 0.0775])
    .add(MATERIALS.dark, CAP.clone().translate(0, 0, 0.1095))
    .build(at);
  const busy = segment(0.065);
  const alarm = segment(0.0955);
  object.add(busy, alarm);
  const show = (state: LampState): void => {
    tint(busy, state.busy ? BUSY_COLOUR : DARK_COLOUR);
    tint(alarm, state.alarm === 'none' ? DARK_COLOUR : ALARM_COLOURS[state.alarm]);
  };
  show({ alarm: 'none', busy: false });
  return { object, lamp: { show } };
}

function tint(mesh: Mesh, { r, g, b }: Color): void {
  tintOf(mesh).set(r, g, b, 1);
}
