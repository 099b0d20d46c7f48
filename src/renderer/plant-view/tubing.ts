import {
  type BufferGeometry,
  type Color,
  type CatmullRomCurve3,
  DataTexture,
  Float32BufferAttribute,
  FloatType,
  Group,
  Mesh,
  MeshStandardMaterial,
  NearestFilter,
  RGBAFormat,
  TubeGeometry,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { MATERIALS } from './materials.ts';

/** Distance between the marks that show flow [m]. */
const MARK_PITCH = 0.07;
/** Drawn somewhat thicker than real, else thin tubing vanishes from afar [m]. */
const THINNEST = 0.0036;
const PIECES_PER_METRE = 36;

interface LineLook {
  readonly colour: Color;
  readonly wet: boolean;
  readonly moves: boolean;
  /** Distance by which the pattern moves on [m]. */
  readonly advance: number;
}

/** All tubing of a plant, drawn in two calls: liquid with its pattern, and silicone around it. */
export interface Tubing {
  readonly object: Group;
  show(line: number, look: LineLook): void;
  dispose(): void;
}

/** Adds which line a vertex belongs to and how far along it lies. */
function tagged(geometry: BufferGeometry, line: number, length: number): BufferGeometry {
  const uv = geometry.attributes.uv;
  const tags: number[] = [];
  if (uv !== undefined) {
    for (let i = 0; i < uv.count; i++) tags.push(line + 0.5, uv.getX(i) * length);
  }
  geometry.deleteAttribute('uv');
  geometry.setAttribute('tag', new Float32BufferAttribute(tags, 2));
  return geometry;
}

/** Liquid whose colour and pattern come from a table with one column per line. */
function liquidMaterial(table: DataTexture, lines: number): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ roughness: 0.25 });
  material.onBeforeCompile = (shader) => {
    shader.uniforms.lineTable = { value: table };
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>
        attribute vec2 tag;
        uniform sampler2D lineTable;
        varying vec4 vLook;
        varying vec2 vAlong;`,
      )
      .replace(
        '#include <begin_vertex>',
        `#include <begin_vertex>
        vLook = texture2D(lineTable, vec2(tag.x / ${lines.toFixed(1)}, 0.25));
        vec4 motion = texture2D(lineTable, vec2(tag.x / ${lines.toFixed(1)}, 0.75));
        vAlong = vec2((tag.y - motion.x) / ${MARK_PITCH}, motion.y);`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <common>',
        `#include <common>
        varying vec4 vLook;
        varying vec2 vAlong;`,
      )
      .replace(
        '#include <color_fragment>',
        `if (vLook.a < 0.5) discard;
        float wave = abs(fract(vAlong.x) - 0.5) * 2.0;
        float mark = smoothstep(0.42, 0.62, wave) * vAlong.y;
        diffuseColor.rgb = mix(vLook.rgb, vLook.rgb * 0.35, mark * 0.85);`,
      );
  };
  return material;
}

/** Builds the tubing along the given ways. */
export function buildTubing(
  lines: readonly { readonly points: CatmullRomCurve3; readonly outerDiameter: number }[],
): Tubing {
  const object = new Group();
  const count = Math.max(1, lines.length);
  const data = new Float32Array(count * 2 * 4);
  const table = new DataTexture(data, count, 2, RGBAFormat, FloatType);
  table.minFilter = NearestFilter;
  table.magFilter = NearestFilter;
  const material = liquidMaterial(table, count);
  const geometries: BufferGeometry[] = [];
  if (lines.length > 0) {
    const cores: BufferGeometry[] = [];
    const shells: BufferGeometry[] = [];
    lines.forEach(({ points: way, outerDiameter }, i) => {
      const length = way.getLength();
      const pieces = Math.max(24, Math.round(length * PIECES_PER_METRE));
      const outer = Math.max(THINNEST, outerDiameter / 2);
      cores.push(tagged(new TubeGeometry(way, pieces, outer * 0.72, 7), i, length));
      const shell = new TubeGeometry(way, pieces, outer, 9);
      shell.deleteAttribute('uv');
      shells.push(shell);
    });
    const core = new Mesh(mergeGeometries(cores), material);
    core.castShadow = true;
    core.frustumCulled = false;
    const shell = new Mesh(mergeGeometries(shells), MATERIALS.silicone);
    shell.renderOrder = 3;
    geometries.push(core.geometry, shell.geometry);
    object.add(core, shell);
  }
  return {
    object,
    show: (line, { colour, wet, moves, advance }) => {
      data.set([colour.r, colour.g, colour.b, wet ? 1 : 0], line * 4);
      const motion = (count + line) * 4;
      data[motion] = ((data[motion] ?? 0) + advance) % (MARK_PITCH * 1000);
      data[motion + 1] = moves ? 1 : 0;
      table.needsUpdate = true;
    },
    dispose: () => {
      for (const geometry of geometries) geometry.dispose();
      table.dispose();
      material.dispose();
    },
  };
}
