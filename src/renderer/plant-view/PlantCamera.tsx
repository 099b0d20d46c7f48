import { CameraControls, CameraControlsImpl } from '@react-three/drei';
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Box3, type Object3D, type PerspectiveCamera, Quaternion, Vector3 } from 'three';
import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { type CameraRequest, uiStore } from '../state/ui-store.ts';
import { standsInRacks } from './models/registry.ts';
import { objectName } from './object-name.ts';
import { plantBox } from './plant-box.ts';
import { viewProbe } from './view-probe.ts';

const { ACTION } = CameraControlsImpl;
const FLY_KEYS: Readonly<Record<string, readonly [right: number, up: number, forward: number]>> = {
  KeyW: [0, 0, 1],
  KeyS: [0, 0, -1],
  KeyA: [-1, 0, 0],
  KeyD: [1, 0, 0],
  KeyQ: [0, -1, 0],
  KeyE: [0, 1, 0],
};
/** Walking pace of the flying camera [m/s]. */
const FLY_SPEED = 2.4;
const scratch = new Vector3();
const box = new Box3();
const turned = new Quaternion();
/** Polar angle of the view of what stands in a rack [rad]. */
const IN_RACKS = 0.6;

/** View from home: azimuth and polar angle [rad]. */
const HOME = [0.36, 0.96] as const;
/** Share of the picture that the plant fills. */
const FILL = 0.96;
const FITTING_ROUNDS = 6;

/** Where to look and from how far, so that the whole box fills the picture along a direction. */
function fitting(
  whole: Box3,
  azimuth: number,
  polar: number,
  camera: PerspectiveCamera,
): { readonly centre: Vector3; readonly distance: number } {
  const sp = Math.sin(polar);
  const back = new Vector3(sp * Math.sin(azimuth), Math.cos(polar), sp * Math.cos(azimuth));
  const right = new Vector3(Math.cos(azimuth), 0, -Math.sin(azimuth));
  const up = new Vector3().crossVectors(back, right);
  const vertical = Math.tan((camera.fov * Math.PI) / 360) * FILL;
  const horizontal = vertical * camera.aspect;
  const centre = whole.getCenter(new Vector3());
  let distance = 1;
  // Near corners look larger than far ones: centre what is seen, then fit it, until both hold.
  for (let round = 0; round < FITTING_ROUNDS; round++) {
    distance = 1;
    for (const { across, high, towards } of cornersSeen(whole, centre, right, up, back)) {
      distance = Math.max(
        distance,
        towards + Math.abs(across) / horizontal,
        towards + Math.abs(high) / vertical,
      );
    }
    if (round === FITTING_ROUNDS - 1) break;
    const seen = cornersSeen(whole, centre, right, up, back).map(({ across, high, towards }) => [
      across / (distance - towards),
      high / (distance - towards),
    ]);
    const middle = (axis: 0 | 1): number => {
      const values = seen.map((at) => at[axis] ?? 0);
      return (Math.min(...values) + Math.max(...values)) / 2;
    };
    centre.addScaledVector(right, middle(0) * distance).addScaledVector(up, middle(1) * distance);
  }
  return { centre, distance };
}

/** Corners of a box as seen along `back`: offsets across, up and towards the viewer. */
function cornersSeen(whole: Box3, centre: Vector3, right: Vector3, up: Vector3, back: Vector3) {
  return Array.from({ length: 8 }, (_, i) => {
    scratch
      .set(
        i & 1 ? whole.max.x : whole.min.x,
        i & 2 ? whole.max.y : whole.min.y,
        i & 4 ? whole.max.z : whole.min.z,
      )
      .sub(centre);
    return {
      across: scratch.dot(right),
      high: scratch.dot(up),
      towards: scratch.dot(back),
    };
  });
}

/** Azimuth from which the front of a device is seen, without more than half a turn from another. */
function frontOf(target: Object3D, from: number): number {
  // The front is -Y of the device, which is turned with the plant's Z-up world.
  const front = scratch.set(0, -1, 0).applyQuaternion(target.getWorldQuaternion(turned));
  const azimuth = Math.atan2(front.x, front.z);
  return azimuth + 2 * Math.PI * Math.round((from - azimuth) / (2 * Math.PI));
}

async function look(
  controls: CameraControlsImpl,
  kind: CameraRequest,
  whole: Box3,
  target: Object3D | undefined,
  animate = true,
  isInRack = false,
): Promise<void> {
  if (kind === 'frame') {
    if (target === undefined) return;
    box.setFromObject(target);
    const centre = box.getCenter(new Vector3());
    const size = Math.max(0.45, box.getSize(scratch).length());
    // From where the camera is, but never from straight above or through the floor; between racks from
    // the front, and so steeply that the camera stays in the aisle.
    const polar = isInRack ? IN_RACKS : Math.min(1.25, Math.max(0.85, controls.polarAngle));
    const azimuth = isInRack ? frontOf(target, controls.azimuthAngle) : controls.azimuthAngle;
    void controls.moveTo(centre.x, centre.y, centre.z, true);
    void controls.rotateTo(azimuth, polar, true);
    await controls.dollyTo(size * 1.7, true);
    return;
  }
  const angles: Readonly<Record<Exclude<CameraRequest, 'frame'>, readonly [number, number]>> = {
    home: HOME,
    front: [0, 1.35],
    right: [Math.PI / 2, 1.35],
    top: [0, 0.001],
  };
  const [azimuth, polar] = angles[kind];
  const { centre, distance } = fitting(whole, azimuth, polar, controls.camera as PerspectiveCamera);
  void controls.rotateTo(azimuth, polar, animate);
  void controls.moveTo(centre.x, centre.y, centre.z, animate);
  await controls.dollyTo(distance, animate);
}

/** Orbit and fly, views, focus and follow. */
export function PlantCamera() {
  const ref = useRef<CameraControlsImpl>(null);
  const three = useThree((s) => s.scene);
  const zones = useStore(plantStore, (s) => s.scene?.zones);
  const equipment = useStore(plantStore, (s) => s.scene?.equipment);
  const request = useStore(uiStore, (s) => s.cameraRequest);
  const size = useThree((s) => s.size);
  const invalidate = useThree((s) => s.invalidate);
  const pressed = useRef(new Set<string>());
  /** Whether the camera still stands where home is, so that it may be fitted anew. */
  const atHome = useRef(true);

  useEffect(() => {
    const controls = ref.current;
    if (controls === null || zones === undefined || equipment === undefined) return;
    if (atHome.current) void look(controls, 'home', plantBox(zones, equipment), undefined, false);
  }, [zones, equipment, size]);

  useEffect(() => {
    const controls = ref.current;
    const plant = plantStore.getState().scene;
    const { selected } = uiStore.getState();
    if (controls === null || plant === undefined || request === undefined) return;
    atHome.current = request.kind === 'home';
    const target = selected === undefined ? undefined : three.getObjectByName(objectName(selected));
    const device = plant.equipment.find(({ id }) => id === selected);
    const isInRack = device !== undefined && standsInRacks(device);
    const whole = plantBox(plant.zones, plant.equipment);
    void look(controls, request.kind, whole, target, true, isInRack);
  }, [request, three]);

  useEffect(() => {
    viewProbe.cameraTarget = () => {
      const target = ref.current?.getTarget(scratch) ?? scratch;
      return [target.x, -target.z, target.y];
    };
    const keys = pressed.current;
    const isTyping = (e: KeyboardEvent): boolean =>
      e.target instanceof HTMLElement && e.target.matches('input, select, textarea');
    const down = (e: KeyboardEvent): void => {
      if (!(e.code in FLY_KEYS) || e.ctrlKey || e.metaKey || isTyping(e)) return;
      keys.add(e.code);
      atHome.current = false;
      invalidate();
    };
    const up = (e: KeyboardEvent): void => void keys.delete(e.code);
    const clear = (): void => keys.clear();
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', clear);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', clear);
    };
  }, [invalidate]);

  useFrame((_, delta) => {
    const controls = ref.current;
    if (controls === null) return;
    const step = FLY_SPEED * Math.min(delta, 0.1);
    for (const code of pressed.current) {
      const [right, up, forward] = FLY_KEYS[code] as readonly [number, number, number];
      if (right !== 0) void controls.truck(right * step, 0, false);
      if (up !== 0) void controls.elevate(up * step, false);
      if (forward !== 0) void controls.forward(forward * step, false);
    }
    const { follow, selected } = uiStore.getState();
    if (!follow || selected === undefined) return;
    const object = three.getObjectByName(objectName(selected));
    const tracked = object?.getObjectByName('follow-point') ?? object;
    if (tracked === undefined) return;
    tracked.getWorldPosition(scratch);
    void controls.moveTo(scratch.x, scratch.y, scratch.z, true);
  });

  return (
    <CameraControls
      ref={ref}
      makeDefault
      onStart={() => {
        atHome.current = false;
      }}
      minDistance={0.25}
      maxDistance={40}
      maxPolarAngle={Math.PI / 2 - 0.02}
      smoothTime={0.22}
      draggingSmoothTime={0.08}
      dollyToCursor
      mouseButtons={{
        left: ACTION.ROTATE,
        right: ACTION.ROTATE,
        middle: ACTION.TRUCK,
        wheel: ACTION.DOLLY,
      }}
    />
  );
}
