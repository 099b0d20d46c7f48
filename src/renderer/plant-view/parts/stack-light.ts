import { CapsuleGeometry, Color, CylinderGeometry, Group, Mesh, MeshStandardMaterial } from 'three';
import type { Point } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';

/** What a device's stack light says. */
export interface LampState {
  readonly alarm: 'none' | 'critical' | 'high' | 'medium' | 'low';
  readonly busy: boolean;
}

export interface Lamp {
  show(state: LampState): void;
}

const ALARM_COLOURS = {
  none: '#5a3b3b',
  critical: '#ff2a20',
  high: '#ff7a1a',
  medium: '#ffc91f',
  low: '#c46bff',
} as const;

function segment(z: number): Mesh<CylinderGeometry, MeshStandardMaterial> {
  const geometry = new CylinderGeometry(0.014, 0.014, 0.03, 20).rotateX(Math.PI / 2);
  const material = new MeshStandardMaterial({ color: '#dfe3e4', roughness: 0.3 });
  const mesh = new Mesh(geometry, material);
  mesh.position.z = z;
  return mesh;
}

/** Two-segment stack light: alarm above, white for busy below. */
export function createStackLight(at: Point): { object: Group; lamp: Lamp } {
  const object = new Group();
  object.position.set(...at);
  const pole = new Mesh(new CylinderGeometry(0.006, 0.006, 0.05, 12), MATERIALS.steel);
  pole.rotation.x = Math.PI / 2;
  pole.position.z = 0.025;
  const busy = segment(0.066);
  const alarm = segment(0.1);
  const cap = new Mesh(new CapsuleGeometry(0.0135, 0.002, 4, 16), MATERIALS.dark);
  cap.rotation.x = Math.PI / 2;
  cap.position.z = 0.116;
  object.add(pole, busy, alarm, cap);
  const show = (state: LampState): void => {
    light(busy.material, state.busy ? '#f4fbff' : '#9aa3a8', state.busy ? 1.1 : 0);
    const active = state.alarm !== 'none';
    light(alarm.material, ALARM_COLOURS[state.alarm], active ? 1.6 : 0);
  };
  show({ alarm: 'none', busy: false });
  return { object, lamp: { show } };
}

function light(material: MeshStandardMaterial, color: string, strength: number): void {
  material.color.set(color);
  material.emissive = new Color(color);
  material.emissiveIntensity = strength;
}
