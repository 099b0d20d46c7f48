import { type Color, Matrix4, Vector4 } from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { DEVICE_CONDITIONS, type ViewEquipment } from '../../../kernel/view-contract.ts';
import { priorityNumber, priorityOf } from '../../panels/alarms/alarm-look.ts';
import { devicePoses } from '../../state/device-poses.ts';
import { frameStore } from '../../state/frame-store.ts';
import { plantStore } from '../../state/plant-store.ts';
import { Instances } from '../instances.ts';
import { LAMP } from '../materials.ts';
import { ALARM_COLOURS, BUSY_COLOUR, DARK_COLOUR } from '../parts/stack-light.ts';
import { deviceMatrix, type Fleet } from './fleet.ts';

/** Bar of light [m]. */
const BAR = [0.16, 0.008, 0.014] as const;
/** Lights follow at this pace [ms]. */
const REFRESH_MS = 250;
const RUNNING = DEVICE_CONDITIONS.indexOf('running');
const BROKEN = DEVICE_CONDITIONS.indexOf('broken');

const matrix = new Matrix4();
const offset = new Matrix4();
const tint = new Vector4();

interface Light {
  readonly device: number;
  readonly id: number;
  colour: Color | undefined;
}

/** Light bars of devices: grey at rest, white at work, and the colour of the worst alarm. */
export class StatusLights {
  private readonly instances = new Instances({ material: LAMP, tinted: true });
  readonly object = this.instances.object;
  private readonly lights = new Map<number, Light>();
  private readonly fleet: Fleet;
  private readonly equipment: readonly ViewEquipment[];
  private refreshed = -Infinity;

  constructor(fleet: Fleet, equipment: readonly ViewEquipment[]) {
    this.fleet = fleet;
    this.equipment = equipment;
    const geometry = new RoundedBoxGeometry(...BAR, 1, 0.003);
    geometry.deleteAttribute('uv');
    const shape = this.instances.geometry(geometry);
    equipment.forEach((_, device) => {
      if (fleet.prototypeAt(device)?.model.lamp === undefined) return;
      const id = this.instances.add(shape);
      this.instances.show(id, true);
      this.lights.set(device, { device, id, colour: undefined });
      this.place(device);
    });
  }

  picture(now: number): void {
    const { moved } = devicePoses;
    for (let k = 0; k < moved.size; k++) this.place(moved.at(k));
    if (now - this.refreshed < REFRESH_MS) return;
    this.refreshed = now;
    const alarms = this.alarmColours();
    for (const light of this.lights.values()) {
      const condition = frameStore.condition(light.device);
      const colour =
        alarms.get(this.equipment[light.device]?.id ?? '') ??
        (condition === BROKEN
          ? ALARM_COLOURS.critical
          : condition === RUNNING
            ? BUSY_COLOUR
            : DARK_COLOUR);
      if (colour === light.colour) continue;
      light.colour = colour;
      this.instances.tint(light.id, tint.set(colour.r, colour.g, colour.b, 1));
    }
  }

  dispose(): void {
    this.instances.dispose();
  }

  /** Colour of the worst alarm of each device that has any. */
  private alarmColours(): ReadonlyMap<string, Color> {
    const worst = new Map<string, keyof typeof ALARM_COLOURS>();
    for (const alarm of plantStore.getState().alarms) {
      const priority = priorityOf(alarm);
      const known = worst.get(alarm.device);
      if (known === undefined || priorityNumber(priority) < priorityNumber(known)) {
        worst.set(alarm.device, priority);
      }
    }
    return new Map([...worst].map(([device, priority]) => [device, ALARM_COLOURS[priority]]));
  }

  private place(device: number): void {
    const light = this.lights.get(device);
    const at = this.fleet.prototypeAt(device)?.model.lamp;
    if (light === undefined || at === undefined) return;
    deviceMatrix(device, matrix).multiply(offset.makeTranslation(...at));
    this.instances.place(light.id, matrix);
  }
}
