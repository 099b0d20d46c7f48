import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import { Group, Vector3 } from 'three';
import type { ViewScene } from '../../../kernel/view-contract.ts';
import { Assembly } from '../assembly.ts';
import { ROOM } from '../materials.ts';
import { type BuiltCeiling, buildCeiling } from './ceiling.ts';
import { buildFloor, simulatedMark } from './floor.ts';
import { buildMarkings } from './markings.ts';
import { type BuiltWall, buildWall } from './wall.ts';
import { planWalls } from './wall-plan.ts';

/** What remains of a sunken wall, as a share of its height. */
const SUNK = 0.001;
/** Time constant of sinking and rising [s]. */
const SINK_TIME = 0.09;
/** The slab under the plant stands out by this much and is this thick [m]. */
const SLAB = { margin: 0.12, thickness: 0.08 };

interface Rooms {
  readonly group: Group;
  readonly walls: readonly BuiltWall[];
  readonly ceilings: readonly BuiltCeiling[];
}

function build(zones: ViewScene['zones'], equipment: ViewScene['equipment']): Rooms {
  const group = new Group();
  const walls = planWalls(zones, equipment).map(buildWall);
  const ceilings = zones.filter((zone) => zone.hepaCeiling).map(buildCeiling);
  group.add(...walls.map((w) => w.group), ...ceilings.map((c) => c.group));
  const slab = new Assembly();
  for (const zone of zones) {
    group.add(buildFloor(zone, zones));
    if (zone.grade === 'unclassified') continue;
    const { min, max } = zone;
    slab.box(
      ROOM.profile,
      [max[0] - min[0] + 2 * SLAB.margin, max[1] - min[1] + 2 * SLAB.margin, SLAB.thickness],
      [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2] - SLAB.thickness],
      0.02,
    );
  }
  group.add(slab.build(), simulatedMark(zones), buildMarkings(equipment, zones));
  return { group, walls, ceilings };
}

/** Sinks the walls whose outside faces the camera, and leaves a section of the ceiling. */
function cutAway({ walls, ceilings }: Rooms, camera: Vector3, dt: number): boolean {
  let moving = false;
  const share = 1 - Math.exp(-dt / SINK_TIME);
  for (const { run, sinking } of walls) {
    const across = run.side === 'south' || run.side === 'north' ? camera.y : camera.x;
    const outside = (across - run.plane) * (run.outward[0] + run.outward[1]) > 0;
    const goal = outside ? SUNK : 1;
    const { z } = sinking.scale;
    sinking.scale.z = Math.abs(goal - z) < 0.002 ? goal : z + (goal - z) * share;
    sinking.visible = sinking.scale.z > 0.01;
    if (sinking.scale.z !== goal) moving = true;
  }
  for (const { zone, rows } of ceilings) {
    const below = camera.z < zone.max[2];
    const fromSouth = camera.y < (zone.min[1] + zone.max[1]) / 2;
    rows.forEach((row, i) => {
      row.visible = below || i === (fromSouth ? rows.length - 1 : 0);
    });
  }
  return moving;
}

const eye = new Vector3();

/** Rooms: floors tinted by grade, walls, glass, coves and filter ceilings, cut away for the viewer. */
export function Rooms({ scene: { zones, equipment } }: { scene: ViewScene }) {
  const rooms = useMemo(() => build(zones, equipment), [zones, equipment]);
  useFrame(({ camera, invalidate }, delta) => {
    rooms.group.worldToLocal(eye.copy(camera.position));
    if (cutAway(rooms, eye, Math.min(delta, 0.1))) invalidate();
  });
  return <primitive object={rooms.group} />;
}
