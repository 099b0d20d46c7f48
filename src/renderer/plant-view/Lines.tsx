import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import {
  CatmullRomCurve3,
  Color,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  SphereGeometry,
  TubeGeometry,
  Vector3,
} from 'three';
import {
  LINE_FIELDS,
  LINE_STRIDE,
  type ViewLine,
  type ViewScene,
} from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { liquidColour } from './liquid-look.ts';
import { MATERIALS } from './materials.ts';

/** Distance between the marks that show flow [m]. */
const MARK_PITCH = 0.09;
/** Speed of the marks: fast enough to see at 1 mL/min, calm at 300 mL/min [m/s]. */
const SLOWEST = 0.05;
const FASTEST = 0.45;
const FULL_FLOW = 5e-6;

interface DrawnLine {
  readonly group: Group;
  readonly curve: CatmullRomCurve3;
  readonly length: number;
  readonly core: Mesh<TubeGeometry, MeshStandardMaterial>;
  readonly marks: InstancedMesh;
  offset: number;
}

const colour = new Color();
const matrix = new Matrix4();
const point = new Vector3();

function create(line: ViewLine): DrawnLine {
  const points = line.points.map((p) => new Vector3(...p));
  const curve = new CatmullRomCurve3(points, false, 'centripetal');
  const length = curve.getLength();
  const pieces = Math.max(24, Math.round(length * 60));
  // Drawn somewhat thicker than real, else thin tubing vanishes from afar.
  const outer = Math.max(0.0034, line.outerDiameter / 2);
  const group = new Group();
  const tube = new Mesh(new TubeGeometry(curve, pieces, outer, 10), MATERIALS.silicone);
  tube.renderOrder = 3;
  const material = new MeshStandardMaterial({ roughness: 0.3 });
  const core = new Mesh(new TubeGeometry(curve, pieces, outer * 0.66, 8), material);
  core.castShadow = true;
  const count = Math.max(2, Math.floor(length / MARK_PITCH));
  const marks = new InstancedMesh(new SphereGeometry(outer * 1.18, 10, 8), material, count);
  marks.frustumCulled = false;
  group.add(core, marks, tube);
  return { group, curve, length, core, marks, offset: 0 };
}

function update(line: DrawnLine, at: number, dt: number): void {
  const f = frameStore.current;
  const flow = f[at + LINE_FIELDS.flow] ?? 0;
  const wet = f[at + LINE_FIELDS.wet] ?? 0;
  line.core.visible = wet > 0.02;
  liquidColour(f[at + LINE_FIELDS.tint] ?? 0, 0.1, colour);
  line.core.material.color.copy(colour);
  line.marks.visible = Math.abs(flow) > 1e-12 && wet > 0.02;
  if (!line.marks.visible) return;
  const share = Math.min(1, Math.sqrt(Math.abs(flow) / FULL_FLOW));
  line.offset += Math.sign(flow) * (SLOWEST + (FASTEST - SLOWEST) * share) * dt;
  const { count } = line.marks;
  for (let i = 0; i < count; i++) {
    const along = (((i / count + line.offset / line.length) % 1) + 1) % 1;
    line.curve.getPointAt(along, point);
    line.marks.setMatrixAt(i, matrix.makeTranslation(point.x, point.y, point.z));
  }
  line.marks.instanceMatrix.needsUpdate = true;
}

/** Tubing with its liquid; moving beads show direction and pace of the flow. */
export function Lines({ scene }: { scene: ViewScene }) {
  const drawn = useMemo(() => scene.lines.map(create), [scene]);
  useFrame((_, delta) => {
    const running = plantStore.getState().time?.running ?? false;
    const dt = running ? Math.min(delta, 0.1) : 0;
    drawn.forEach((line, i) => update(line, scene.layout.lines + i * LINE_STRIDE, dt));
  });
  return drawn.map(({ group }, i) => <primitive key={scene.lines[i]?.id} object={group} />);
}
