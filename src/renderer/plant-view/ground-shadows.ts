import { InstancedMesh, Matrix4, PlaneGeometry, ShaderMaterial } from 'three';

/** A soft dark patch below something that stands. */
export interface Patch {
  readonly centre: readonly [x: number, y: number, z: number];
  readonly width: number;
  readonly depth: number;
}

/** How far the darkness reaches beyond the footprint [m]. */
const REACH = 0.16;

/**
 * Rounded rectangle that fades outwards. The instance's scale is the size of its plane, so that the
 * width of the fading is the same everywhere.
 */
const MATERIAL = new ShaderMaterial({
  transparent: true,
  depthWrite: false,
  polygonOffset: true,
  polygonOffsetFactor: -3,
  polygonOffsetUnits: -3,
  vertexShader: `
    varying vec2 vAt;
    varying vec2 vHalf;
    void main() {
      vec2 size = vec2(length(instanceMatrix[0].xyz), length(instanceMatrix[1].xyz));
      vAt = position.xy * size;
      vHalf = size * 0.5 - ${REACH.toFixed(3)};
      gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0);
    }`,
  fragmentShader: `
    varying vec2 vAt;
    varying vec2 vHalf;
    void main() {
      vec2 q = abs(vAt) - vHalf + 0.03;
      float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - 0.03;
      float a = 1.0 - smoothstep(-0.05, ${REACH.toFixed(3)}, d);
      gl_FragColor = vec4(0.07, 0.09, 0.1, 0.5 * a * a);
    }`,
});

/** Darkens floor and tops below what stands on them, which grounds it. */
export function buildGroundShadows(patches: readonly Patch[]): InstancedMesh {
  const mesh = new InstancedMesh(new PlaneGeometry(1, 1), MATERIAL, patches.length);
  const matrix = new Matrix4();
  patches.forEach(({ centre, width, depth }, i) => {
    matrix.makeScale(width + 2 * REACH, depth + 2 * REACH, 1);
    matrix.setPosition(centre[0], centre[1], centre[2] + 0.004);
    mesh.setMatrixAt(i, matrix);
  });
  mesh.renderOrder = 1;
  mesh.frustumCulled = false;
  mesh.raycast = () => undefined;
  return mesh;
}
