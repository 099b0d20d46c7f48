import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Group, Mesh } from 'three';
import { useStore } from 'zustand';
import { devicePoses } from '../../state/device-poses.ts';
import { uiStore } from '../../state/ui-store.ts';
import { hoverStore } from '../hover-store.ts';
import { objectName } from '../object-name.ts';
import { deviceMatrix, type Fleet } from './fleet.ts';

/**
 * Unseen objects in the places of the devices that are chosen or pointed at, so that outline and
 * camera find devices of fleets as they find all others.
 */
export function StandIns({ fleet }: { fleet: Fleet }) {
  const selected = useStore(uiStore, (s) => s.selected);
  const hovered = useStore(hoverStore, (s) => s.hovered);
  const ids = [...new Set([selected, hovered])].filter((id) => id !== undefined);
  return ids.map((id) => <StandIn key={id} id={id} fleet={fleet} />);
}

function StandIn({ id, fleet }: { id: string; fleet: Fleet }) {
  const index = devicePoses.indexOf(id);
  const group = useMemo(() => createStandIn(id, index, fleet), [id, index, fleet]);
  const ref = useRef(group);
  ref.current = group;
  useFrame(() => {
    if (ref.current !== undefined) deviceMatrix(index, ref.current.matrix);
  });
  useEffect(() => () => void group?.clear(), [group]);
  return group === undefined ? null : <primitive object={group} />;
}

function createStandIn(id: string, index: number, fleet: Fleet): Group | undefined {
  const prototype = fleet.prototypeAt(index);
  if (prototype === undefined) return undefined;
  const group = new Group();
  group.name = objectName(id);
  group.matrixAutoUpdate = false;
  deviceMatrix(index, group.matrix);
  for (const at of prototype.model.copies ?? [[0, 0, 0]]) {
    for (const geometry of prototype.near.values()) {
      const mesh = new Mesh(geometry);
      mesh.position.set(...at);
      mesh.visible = false;
      mesh.raycast = () => undefined;
      group.add(mesh);
    }
  }
  return group;
}
