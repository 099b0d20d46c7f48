import { type ThreeEvent, useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Group } from 'three';
import { useStore } from 'zustand';
import type { ViewEquipment, ViewScene } from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { useDeviceLooks } from './device-looks.ts';
import { Batched } from './Batched.tsx';
import { hoverStore } from './hover-store.ts';
import type { Model, ModelFrame } from './model.ts';
import { modelOf } from './models/registry.ts';
import { buildBenches } from './benches.ts';
import { buildGroundShadows } from './ground-shadows.ts';
import { placeCarriers } from './place-carriers.ts';

/** Name of the object of a device, by which selection and camera find it. */
export function objectName(id: string): string {
  return `device:${id}`;
}

class ChannelReader implements ModelFrame {
  dt = 0;
  private readonly first: number;
  private readonly names: readonly string[];

  constructor({ firstChannel, channels }: ViewEquipment) {
    this.first = firstChannel;
    this.names = channels;
  }

  channel(name: string, fallback: number): number {
    const i = this.names.indexOf(name);
    return i < 0 ? fallback : (frameStore.current[this.first + i] ?? fallback);
  }
}

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

/** All devices, built once per scene; frames move their parts. */
export function Equipment({ scene }: { scene: ViewScene }) {
  const { equipment, zones } = scene;
  const placed = useMemo(() => {
    const built = equipment.map(place);
    placeCarriers.register(built);
    return built;
  }, [equipment]);
  const benches = useMemo(() => {
    const hanging = placed.filter(({ model }) => model.hangs === true);
    return buildBenches(equipment, new Set(hanging.map((p) => p.equipment.id)), zones);
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
    for (const { model, reader } of placed) {
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

/** Further apart than this, press and release were a camera move [px]. */
const CLICK_SLACK = 4;

function Selectable({ id, group }: { id: string; group: Group }) {
  const known = useStore(plantStore, (s) => s.scene !== undefined);
  useEffect(() => () => disposeGeometries(group), [group]);
  const onClick = (event: ThreeEvent<MouseEvent>): void => {
    if (event.delta > CLICK_SLACK) return;
    event.stopPropagation();
    uiStore.getState().select(id);
  };
  const onDoubleClick = (event: ThreeEvent<MouseEvent>): void => {
    event.stopPropagation();
    uiStore.getState().moveCamera('frame');
  };
  const onPointerOver = (event: ThreeEvent<PointerEvent>): void => {
    event.stopPropagation();
    hoverStore.setState({ hovered: id });
  };
  const onPointerOut = (): void => {
    if (hoverStore.getState().hovered === id) hoverStore.setState({ hovered: undefined });
  };
  return (
    known && (
      <primitive
        object={group}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onPointerOver={onPointerOver}
        onPointerOut={onPointerOut}
      />
    )
  );
}

function disposeGeometries(group: Group): void {
  group.traverse((object) => {
    if ('geometry' in object) (object.geometry as { dispose(): void }).dispose();
  });
}
