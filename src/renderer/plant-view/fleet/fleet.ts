import {
  Frustum,
  Group,
  Matrix4,
  type PerspectiveCamera,
  Quaternion,
  Sphere,
  Vector3,
} from 'three';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import { devicePoses, POSE_STRIDE } from '../../state/device-poses.ts';
import { IndexSet } from '../../state/index-set.ts';
import { ChannelReader } from '../channel-reader.ts';
import type { Instances } from '../instances.ts';
import type { FleetModel } from './fleet-model.ts';
import { HIDDEN, Levels } from './levels.ts';
import { ABSENT, createInstances, createPrototype, lookKey, type Prototype } from './prototype.ts';

/** One copy of the body of a device. */
interface Member {
  readonly device: number;
  readonly prototype: Prototype;
  /** Of the copy in the device's frame. */
  readonly offset: Vector3;
  readonly matrix: Matrix4;
  /** Middle of the body in the plant. */
  readonly sphere: Sphere;
  readonly reader: ChannelReader;
  level: number;
  /** Instance by material, and by part and material; -1 where nothing is drawn. */
  readonly ids: number[];
  readonly parts: readonly number[][];
}

const device = new Matrix4();
const local = new Matrix4();
const placed = new Matrix4();
const position = new Vector3();
const turn = new Quaternion();
const UNIT = new Vector3(1, 1, 1);
const eye = new Vector3();

/** Pose of a device as a matrix in the plant's frame. */
export function deviceMatrix(index: number, out: Matrix4): Matrix4 {
  const { values } = devicePoses;
  const at = index * POSE_STRIDE;
  position.fromArray(values, at);
  turn.fromArray(values, at + 3);
  return out.compose(position, turn, UNIT);
}

/** All devices of which there are many: drawn in a few calls, each with the detail that can be seen. */
export class Fleet {
  readonly object = new Group();
  /** Devices whose detail changed in the present picture. */
  readonly changed = new IndexSet();
  private readonly prototypes = new Map<string, Prototype>();
  private readonly instances: readonly Instances[] = createInstances();
  private readonly members: Member[] = [];
  private readonly byDevice = new Map<number, Member[]>();
  private readonly near = new Set<Member>();
  private readonly levels = new Levels();
  private readonly frustum = new Frustum();
  private readonly view = new Matrix4();
  private readonly lastView = new Matrix4();
  private lastHeight = 0;

  /** @param build model of a device, undefined for those that are not drawn here */
  constructor(
    equipment: readonly ViewEquipment[],
    build: (equipment: ViewEquipment) => FleetModel | undefined,
  ) {
    for (const { object } of this.instances) this.object.add(object);
    this.changed.reset(equipment.length);
    equipment.forEach((one, index) => {
      const prototype = this.prototypeFor(one, build);
      if (prototype === undefined) return;
      const reader = new ChannelReader(one);
      for (const at of prototype.model.copies ?? [[0, 0, 0]]) {
        this.add(this.createMember(index, prototype, new Vector3(...at), reader));
      }
    });
  }

  /** Look of a device by its index; undefined when it is not drawn here. */
  prototypeAt(index: number): Prototype | undefined {
    return this.byDevice.get(index)?.[0]?.prototype;
  }

  /** Whether a device is drawn with what can be seen through its windows. */
  isNear(index: number): boolean {
    return (this.byDevice.get(index)?.[0]?.level ?? HIDDEN) <= 1;
  }

  private prototypeFor(
    equipment: ViewEquipment,
    build: (equipment: ViewEquipment) => FleetModel | undefined,
  ): Prototype | undefined {
    const key = lookKey(equipment);
    const known = this.prototypes.get(key);
    if (known !== undefined) return known;
    const model = build(equipment);
    if (model === undefined) return undefined;
    const prototype = createPrototype(model, this.instances);
    this.prototypes.set(key, prototype);
    return prototype;
  }

  private createMember(
    index: number,
    prototype: Prototype,
    offset: Vector3,
    reader: ChannelReader,
  ): Member {
    const reserve = (ids: readonly number[]): number[] =>
      ids.map((geometry, i) =>
        geometry === ABSENT ? ABSENT : (this.instances[i]?.add(geometry) ?? ABSENT),
      );
    const union = (prototype.levels[0] ?? []).map((_, i) =>
      Math.max(...prototype.levels.map((ids) => ids[i] ?? ABSENT)),
    );
    return {
      device: index,
      prototype,
      offset,
      matrix: new Matrix4(),
      sphere: new Sphere(),
      reader,
      level: HIDDEN,
      ids: reserve(union),
      parts: prototype.parts.map(({ geometries }) => reserve(geometries)),
    };
  }

  private add(member: Member): void {
    this.members.push(member);
    const all = this.byDevice.get(member.device);
    if (all === undefined) this.byDevice.set(member.device, [member]);
    else all.push(member);
    this.move(member);
  }

  /** Draws the present picture; tells whether shadows have changed. */
  picture(camera: PerspectiveCamera, height: number, dt: number): boolean {
    const { moved } = devicePoses;
    this.changed.clear();
    let changed = false;
    for (let k = 0; k < moved.size; k++) {
      for (const member of this.byDevice.get(moved.at(k)) ?? []) {
        this.move(member);
        changed = true;
      }
    }
    this.look(camera, height, changed);
    for (const member of this.near) this.moveParts(member, dt);
    return changed;
  }

  dispose(): void {
    for (const instances of this.instances) instances.dispose();
    for (const { near } of this.prototypes.values()) for (const g of near.values()) g.dispose();
  }

  private move(member: Member): void {
    const { matrix, offset, sphere, prototype } = member;
    deviceMatrix(member.device, device);
    matrix.copy(device).multiply(local.makeTranslation(offset));
    sphere.copy(prototype.sphere).applyMatrix4(matrix);
    this.each(member.ids, (instances, id) => instances.place(id, matrix));
  }

  private each(ids: readonly number[], act: (instances: Instances, id: number) => void): void {
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      if (id !== ABSENT) act(this.instances[i] as Instances, id);
    }
  }

  /** Chooses levels of detail, unless nothing has changed since they were chosen. */
  private look(camera: PerspectiveCamera, height: number, moved: boolean): void {
    this.view.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    // The plant is Z up and the camera's world Y up.
    this.view.multiply(Z_UP);
    if (!moved && this.view.equals(this.lastView) && height === this.lastHeight) return;
    this.lastView.copy(this.view);
    this.lastHeight = height;
    this.frustum.setFromProjectionMatrix(this.view);
    eye.set(camera.position.x, -camera.position.z, camera.position.y);
    const scale = height / Math.tan((camera.fov * Math.PI) / 360);
    this.levels.begin();
    for (const member of this.members) {
      const level = this.levelOf(member, scale);
      if (level !== member.level) this.setLevel(member, level);
      this.levels.count(member.prototype.triangles[level] ?? 0);
    }
    // Takes effect with the next picture.
    if (this.levels.end()) this.lastHeight = 0;
  }

  private levelOf({ sphere, level }: Member, scale: number): number {
    if (!this.frustum.intersectsSphere(sphere)) return Math.max(level, 2);
    const distance = Math.max(sphere.center.distanceTo(eye) - sphere.radius, 0.05);
    return this.levels.choose((sphere.radius / distance) * scale, level);
  }

  private setLevel(member: Member, level: number): void {
    const shapes = member.prototype.levels[level];
    for (let i = 0; i < member.ids.length; i++) {
      const id = member.ids[i] as number;
      if (id === ABSENT) continue;
      const shape = shapes?.[i] ?? ABSENT;
      const instances = this.instances[i] as Instances;
      if (shape !== ABSENT) instances.reshape(id, shape);
      instances.show(id, shape !== ABSENT);
    }
    member.prototype.parts.forEach(({ until }, k) => {
      const shown = level <= until;
      this.each(member.parts[k] ?? [], (instances, id) => instances.show(id, shown));
    });
    member.level = level;
    this.changed.add(member.device);
    if (member.prototype.parts.some(({ until }) => level <= until)) this.near.add(member);
    else this.near.delete(member);
  }

  private moveParts(member: Member, dt: number): void {
    const { prototype, parts, matrix, level, reader } = member;
    reader.dt = dt;
    prototype.parts.forEach(({ move, until }, k) => {
      if (level > until) return;
      move(reader, local);
      placed.multiplyMatrices(matrix, local);
      this.each(parts[k] ?? [], (instances, id) => instances.place(id, placed));
    });
  }
}

/** From the plant's frame, Z up, to that of the camera. */
const Z_UP = new Matrix4().makeRotationX(-Math.PI / 2);
