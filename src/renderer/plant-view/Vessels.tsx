import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import { Color, Group, Mesh, MeshPhysicalMaterial, MeshStandardMaterial } from 'three';
import {
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type ViewScene,
  type ViewVessel,
} from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { liquidColour, liquidOpacity } from './liquid-look.ts';
import { MATERIALS } from './materials.ts';
import { shapeOf } from './vessel-shapes.ts';

interface DrawnVessel {
  readonly vessel: ViewVessel;
  readonly group: Group;
  readonly liquid: Mesh<never, MeshPhysicalMaterial>;
  readonly cap: Mesh | undefined;
  readonly pellet: Mesh | undefined;
}

const PELLET = new MeshStandardMaterial({ color: '#efe2cf', roughness: 0.7 });
const colour = new Color();
/** Thinner than this a liquid is not drawn, as a share of the vessel. */
const TRACE = 0.004;

function create(vessel: ViewVessel): DrawnVessel {
  const shape = shapeOf(vessel);
  const group = new Group();
  const shellMaterial = vessel.shape === 'bioreactor' ? MATERIALS.glass : MATERIALS.film;
  const shell = new Mesh(shape.shell, shellMaterial);
  shell.renderOrder = 3;
  const material = new MeshPhysicalMaterial({ roughness: 0.12, transparent: true });
  const liquid = new Mesh(shape.liquid, material) as unknown as DrawnVessel['liquid'];
  liquid.position.z = shape.liquidFoot;
  liquid.renderOrder = 2;
  group.add(liquid, shell);
  const cap = shape.cap === undefined ? undefined : new Mesh(shape.cap, MATERIALS.accent);
  if (cap !== undefined) {
    cap.position.z = shape.capFoot;
    cap.castShadow = true;
    group.add(cap);
  }
  const pellet = shape.pellet === undefined ? undefined : new Mesh(shape.pellet, PELLET);
  if (pellet !== undefined) {
    pellet.position.z = shape.liquidFoot;
    group.add(pellet);
  }
  group.name = `vessel:${vessel.id}`;
  return { vessel, group, liquid, cap, pellet };
}

function update({ vessel, group, liquid, cap, pellet }: DrawnVessel, at: number): void {
  const f = frameStore.current;
  const read = (field: number): number => f[at + field] ?? 0;
  group.visible = read(VESSEL_FIELDS.present) > 0.5;
  if (!group.visible) return;
  group.position.set(read(VESSEL_FIELDS.x), read(VESSEL_FIELDS.y), read(VESSEL_FIELDS.z));
  group.quaternion.set(
    read(VESSEL_FIELDS.qx),
    read(VESSEL_FIELDS.qy),
    read(VESSEL_FIELDS.qz),
    read(VESSEL_FIELDS.qw),
  );
  const fill = Math.min(1, read(VESSEL_FIELDS.fill));
  liquid.visible = fill > TRACE;
  if (liquid.visible) {
    // A bag bulges as it fills; in rigid vessels only the level rises.
    if (vessel.shape === 'bag') liquid.scale.set(1, 0.25 + 0.75 * fill, 0.3 + 0.7 * fill ** 0.6);
    else liquid.scale.z = fill;
    const turbidity = read(VESSEL_FIELDS.turbidity);
    liquidColour(read(VESSEL_FIELDS.tint), turbidity, colour);
    liquid.material.color.copy(colour);
    liquid.material.opacity = liquidOpacity(turbidity);
  }
  if (cap !== undefined) cap.visible = read(VESSEL_FIELDS.capped) > 0.5;
  if (pellet !== undefined) {
    const share = read(VESSEL_FIELDS.pellet);
    pellet.visible = share > 0.02;
    pellet.scale.z = Math.max(0.05, share);
  }
}

/** Every vessel with its contents, moved by the frames. */
export function Vessels({ scene }: { scene: ViewScene }) {
  const drawn = useMemo(() => scene.vessels.map(create), [scene]);
  useFrame(() => {
    for (let i = 0; i < drawn.length; i++) {
      update(drawn[i] as DrawnVessel, scene.layout.vessels + i * VESSEL_STRIDE);
    }
  });
  return drawn.map(({ vessel, group }) => <primitive key={vessel.id} object={group} />);
}
