import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { Color, Group, Mesh } from 'three';
import {
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type ViewScene,
  type ViewVessel,
} from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { Batched } from './Batched.tsx';
import { tintOf } from './batches.ts';
import { liquidColour, liquidOpacity } from './liquid-look.ts';
import { LIQUID, MATERIALS, PELLET } from './materials.ts';
import { placeCarriers } from './place-carriers.ts';
import { shapeOf } from './vessel-shapes.ts';

interface DrawnVessel {
  readonly vessel: ViewVessel;
  readonly group: Group;
  /** Never seen: enclosed by the device that it belongs to, or drawn as that device. */
  readonly inside: boolean;
  readonly liquid: Part;
  readonly cap: Part | undefined;
  readonly pellet: Part | undefined;
}

/** A mesh that comes and goes by the visibility of its holder. */
interface Part {
  readonly holder: Group;
  readonly mesh: Mesh;
}

const colour = new Color();
/** Thinner than this a liquid is not drawn, as a share of the vessel. */
const TRACE = 0.004;

function part(mesh: Mesh, foot: number): Part {
  const holder = new Group();
  holder.position.z = foot;
  holder.add(mesh);
  return { holder, mesh };
}

/** Device types whose own vessels can be seen; those of others are inside their bodies. */
const OPEN_TYPES = new Map<string, ViewVessel['shape']>([
  ['bioreactor', 'bioreactor'],
  ['bag-stand', 'bag'],
  ['magnetic-separator', 'bottle'],
]);

function isInside(vessel: ViewVessel, scene: ViewScene): boolean {
  if (vessel.shape === 'body') return true;
  if (vessel.fixedTo === undefined) return false;
  const owner = scene.equipment.find(({ id }) => id === vessel.fixedTo);
  return owner === undefined || OPEN_TYPES.get(owner.type) !== vessel.shape;
}

function create(vessel: ViewVessel): Omit<DrawnVessel, 'inside'> {
  const shape = shapeOf(vessel);
  const group = new Group();
  const shellMaterial = vessel.shape === 'bioreactor' ? MATERIALS.glass : MATERIALS.film;
  const liquid = part(new Mesh(shape.liquid, LIQUID), shape.liquidFoot);
  group.add(liquid.holder, new Mesh(shape.shell, shellMaterial));
  const cap = shape.cap && part(new Mesh(shape.cap, MATERIALS.accent), shape.capFoot);
  if (cap !== undefined) {
    cap.mesh.castShadow = true;
    group.add(cap.holder);
  }
  const pellet = shape.pellet && part(new Mesh(shape.pellet, PELLET), shape.liquidFoot);
  if (pellet !== undefined) group.add(pellet.holder);
  group.name = `vessel:${vessel.id}`;
  return { vessel, group, liquid, cap, pellet };
}

function update({ vessel, group, inside, liquid, cap, pellet }: DrawnVessel, at: number): void {
  const f = frameStore.current;
  const read = (field: number): number => f[at + field] ?? 0;
  group.visible = !inside && read(VESSEL_FIELDS.present) > 0.5;
  if (!group.visible) return;
  group.position.set(read(VESSEL_FIELDS.x), read(VESSEL_FIELDS.y), read(VESSEL_FIELDS.z));
  group.quaternion.set(
    read(VESSEL_FIELDS.qx),
    read(VESSEL_FIELDS.qy),
    read(VESSEL_FIELDS.qz),
    read(VESSEL_FIELDS.qw),
  );
  const motion = placeCarriers.find(group.position.x, group.position.y, group.position.z);
  if (motion !== undefined) group.applyMatrix4(motion);
  const fill = Math.min(1, read(VESSEL_FIELDS.fill));
  liquid.holder.visible = fill > TRACE;
  if (liquid.holder.visible) {
    // A bag bulges as it fills; in rigid vessels only the level rises.
    if (vessel.shape === 'bag')
      liquid.holder.scale.set(1, 0.25 + 0.75 * fill, 0.3 + 0.7 * fill ** 0.6);
    else liquid.holder.scale.z = fill;
    const turbidity = read(VESSEL_FIELDS.turbidity);
    liquidColour(read(VESSEL_FIELDS.tint), turbidity, colour);
    tintOf(liquid.mesh).set(colour.r, colour.g, colour.b, liquidOpacity(turbidity));
  }
  if (cap !== undefined) cap.holder.visible = read(VESSEL_FIELDS.capped) > 0.5;
  if (pellet !== undefined) {
    const share = read(VESSEL_FIELDS.pellet);
    pellet.holder.visible = share > 0.02;
    pellet.holder.scale.z = Math.max(0.05, share);
  }
}

/** Every vessel with its contents, moved by the frames. */
export function Vessels({ scene }: { scene: ViewScene }) {
  const drawn = useMemo(
    () => scene.vessels.map((v) => ({ ...create(v), inside: isInside(v, scene) })),
    [scene],
  );
  const plant = useRef<Group>(null);
  useFrame(() => {
    if (plant.current !== null) placeCarriers.update(plant.current);
    for (let i = 0; i < drawn.length; i++) {
      update(drawn[i] as DrawnVessel, scene.layout.vessels + i * VESSEL_STRIDE);
    }
  });
  const groups = useMemo(() => drawn.map(({ group }) => group), [drawn]);
  return (
    <>
      <group ref={plant}>
        {drawn.map(({ vessel, group }) => (
          <primitive key={vessel.id} object={group} />
        ))}
      </group>
      <Batched roots={groups} />
    </>
  );
}
