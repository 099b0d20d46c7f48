import { InvariantError } from '../kernel/error-catalogue.ts';
import { composePose, IDENTITY_POSE, type Pose } from '../kernel/pose.ts';
import type { PlaceDeclaration } from '../device-emulators/definition/device.ts';
import type { VesselState } from './plant-state.ts';
import type { Scene, SceneDevice } from './scene/scene.ts';

export interface PlaceInfo {
  readonly device: SceneDevice;
  readonly declaration: PlaceDeclaration;
}

/** Where everything is: movable devices follow their bodies, places their devices. */
export class Locations {
  readonly places = new Map<string, PlaceInfo>();
  private readonly devices = new Map<string, SceneDevice>();
  /** Own vessels' poses in their devices' frames. */
  private readonly ownPoses = new Map<string, Pose>();
  /** Body of each movable device, and the device of each body. */
  private readonly bodies = new Map<string, string>();
  private readonly owners = new Map<string, string>();
  private readonly placeNames = new Map<string, readonly string[]>();
  private readonly ownVessels = new Map<string, readonly string[]>();
  private readonly firstZone: string;
  private readonly vessel: (id: string) => VesselState;
  private readonly carryPose: (device: string, vessel: string) => Pose;

  constructor(
    scene: Scene,
    vessel: (id: string) => VesselState,
    carryPose: (device: string, vessel: string) => Pose,
  ) {
    this.vessel = vessel;
    this.carryPose = carryPose;
    this.firstZone = scene.zones[0]?.id ?? '';
    for (const device of scene.devices) this.add(device);
  }

  private add(device: SceneDevice): void {
    const { definition, id, config } = device;
    this.devices.set(id, device);
    const declared = definition.places(config);
    for (const declaration of declared) {
      this.places.set(`${id}.${declaration.name}`, { device, declaration });
    }
    this.placeNames.set(
      id,
      declared.map(({ name }) => `${id}.${name}`),
    );
    const owns = definition.vessels(config);
    for (const own of owns) this.ownPoses.set(`${id}.${own.name}`, own.pose);
    this.ownVessels.set(
      id,
      owns.map(({ name }) => `${id}.${name}`),
    );
    const body = definition.body?.(config);
    if (body === undefined) return;
    this.bodies.set(id, `${id}.${body}`);
    this.owners.set(`${id}.${body}`, id);
  }

  /** Vessel that is a movable device's body. */
  bodyOf(device: string): string | undefined {
    return this.bodies.get(device);
  }

  /** Movable device whose body a vessel is. */
  ownerOf(vessel: string): string | undefined {
    return this.owners.get(vessel);
  }

  /** Pose of a device's own vessel in the device's frame. */
  ownPose(vessel: string): Pose {
    return this.ownPoses.get(vessel) ?? IDENTITY_POSE;
  }

  devicePose(id: string): Pose {
    const body = this.movedBody(id);
    return body === undefined ? this.device(id).pose : this.vesselPose(body);
  }

  deviceZone(id: string): string {
    const body = this.movedBody(id);
    return body === undefined ? this.device(id).zone : this.zoneOf(body);
  }

  /** Body of a movable device, unless it stands where the scene put it in the room. */
  private movedBody(id: string): VesselState | undefined {
    const body = this.bodies.get(id);
    const vessel = body === undefined ? undefined : this.vessel(body);
    return vessel?.whereabouts.at === 'own' ? undefined : vessel;
  }

  /** Pose of the bottom of what stands in a place; undefined when there is no such place. */
  placePose(place: string): Pose | undefined {
    const info = this.places.get(place);
    if (info === undefined) return undefined;
    return composePose(this.devicePose(info.device.id), info.declaration.pose);
  }

  /** Pose of a vessel's bottom in the world. */
  vesselPose({ id, whereabouts }: VesselState): Pose {
    switch (whereabouts.at) {
      case 'place': {
        const pose = this.placePose(whereabouts.place);
        if (pose === undefined) throw new InvariantError(`${id} stands in no place`);
        return pose;
      }
      case 'gripper':
        return this.carryPose(whereabouts.device, id);
      case 'floor':
        return whereabouts.pose;
      case 'own': {
        return composePose(this.devicePose(whereabouts.device), this.ownPose(id));
      }
    }
  }

  zoneOf({ whereabouts }: Pick<VesselState, 'whereabouts'>): string {
    if (whereabouts.at === 'floor') return whereabouts.zone;
    if (whereabouts.at !== 'place') return this.deviceZone(whereabouts.device);
    const holder = this.places.get(whereabouts.place)?.device.id;
    return holder === undefined ? this.firstZone : this.deviceZone(holder);
  }

  /** Place in which a movable device's body stands; empty while it is carried, and for fixed ones. */
  location(device: string): string {
    const body = this.bodies.get(device);
    if (body === undefined) return '';
    const { whereabouts } = this.vessel(body);
    return whereabouts.at === 'place' ? whereabouts.place : '';
  }

  /** Whether a movable device is being carried, or one in which it stands. */
  isCarried(device: string): boolean {
    const body = this.bodies.get(device);
    if (body === undefined) return false;
    const { whereabouts } = this.vessel(body);
    if (whereabouts.at === 'gripper') return true;
    const holder = whereabouts.at === 'place' ? this.places.get(whereabouts.place) : undefined;
    return holder !== undefined && this.isCarried(holder.device.id);
  }

  /** Whether a device can work: it needs no dock, or stands in one of a device that has power itself. */
  isPowered(device: string): boolean {
    if (this.device(device).definition.powered !== 'dock') return true;
    const dock = this.places.get(this.location(device));
    return dock?.declaration.power === true && this.isPowered(dock.device.id);
  }

  /** Full names of a device's places. */
  placesOf(device: string): readonly string[] {
    return this.placeNames.get(device) ?? [];
  }

  /** Full names of a device's own vessels. */
  ownVesselsOf(device: string): readonly string[] {
    return this.ownVessels.get(device) ?? [];
  }

  /** Devices that hold a device, nearest first: a cassette's module, then the module's rack. */
  holders(device: string): readonly string[] {
    const holder = this.places.get(this.location(device))?.device.id;
    return holder === undefined ? [] : [holder, ...this.holders(holder)];
  }

  private device(id: string): SceneDevice {
    const device = this.devices.get(id);
    if (device === undefined) throw new InvariantError(`no device ${id}`);
    return device;
  }
}
