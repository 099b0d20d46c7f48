import { useFrame } from '@react-three/fiber';
import { useCallback, useEffect, useMemo } from 'react';
import { Group } from 'three';
import type { ViewEquipment, ViewScene } from '../../kernel/view-contract.ts';
import { plantStore } from '../state/plant-store.ts';
import { useDeviceLooks } from './device-looks.ts';
import { Batched } from './Batched.tsx';
import { ChannelReader } from './channel-reader.ts';
import type { Model } from './model.ts';
import { isFleet, modelOf, standsAsAWhole } from './models/registry.ts';
import { devicePoses, POSE_STRIDE } from '../state/device-poses.ts';
import { buildBenches } from './benches.ts';
import { buildGroundShadows } from './ground-shadows.ts';
import { objectName } from './object-name.ts';
import { placeCarriers } from './place-carriers.ts';
import { useDevicePointer } from './use-device-pointer.ts';

interface Placed {
  readonly equipment: ViewEquipment;
  readonly model: Model;
  readonly group: Group;
  readonly reader: ChannelReader;
}

function place(equipment: ViewEquipment): Placed {
  const model = modelOf(equipment);
  const group = new Group();
  const { position, orientation } = equipment.pose;
  group.name = objectName(equipment.id);
  group.position.set(...position);
  group.quaternion.set(...orientation);
  group.add(model.object);
  return { equipment, model, group, reader: new ChannelReader(equipment) };
}

/** Puts a movable device where its body is. */
function follow(id: string, group: Group): void {
  const at = devicePoses.indexOf(id) * POSE_STRIDE;
  if (at < 0) return;
  group.position.fromArray(devicePoses.values, at);
  group.quaternion.fromArray(devicePoses.values, at + 3);
}

/** All devices of which there are few, built once per scene; frames move their parts. */
export function Equipment({ scene }: { scene: ViewScene }) {
  const { equipment, zones } = scene;
  const placed = useMemo(() => {
    const built = equipment.filter((one) => !isFleet(one)).map(place);
    placeCarriers.register(built);
    return built;
  }, [equipment]);
  const benches = useMemo(() => {
    const hanging = placed.filter(({ model }) => model.hangs === true);
    const standing = equipment.filter(standsAsAWhole);
    return buildBenches(standing, new Set(hanging.map((p) => p.equipment.id)), zones);
  }, [placed, equipment, zones]);
  const shadows = useMemo(() => buildGroundShadows(benches.patches), [benches]);
  const groups = useMemo(
    () => [benches.group, ...placed.map(({ group }) => group)],
    [benches, placed],
  );

  useDeviceLooks(placed);
  useFrame((_, delta) => {
    const running = plantStore.getState().time?.running ?? false;
    const dt = running ? Math.min(delta, 0.1) : 0;
    for (const { equipment: device, model, group, reader } of placed) {
      if (device.body !== undefined) follow(device.id, group);
      reader.dt = dt;
      model.update?.(reader);
    }
  });
  return (
    <>
      {placed.map(({ equipment: { id }, group }) => (
        <Selectable key={id} id={id} group={group} />
      ))}
      <primitive object={benches.group} />
      <primitive object={shadows} />
      <Batched roots={groups} />
    </>
  );
}

function Selectable({ id, group }: { id: string; group: Group }) {
  useEffect(() => () => disposeGeometries(group), [group]);
  const idOf = useCallback(() => id, [id]);
  const pointer = useDevicePointer(idOf);
  return <primitive object={group} {...pointer} />;
}

function disposeGeometries(group: Group): void {
  group.traverse((object) => {
    if ('geometry' in object) (object.geometry as { dispose(): void }).dispose();
  });
}
