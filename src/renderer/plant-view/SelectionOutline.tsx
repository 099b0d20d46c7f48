import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import {
  AlwaysStencilFunc,
  BackSide,
  Color,
  Mesh,
  MeshBasicMaterial,
  NotEqualStencilFunc,
  type Object3D,
  ReplaceStencilOp,
  ShaderMaterial,
} from 'three';
import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { hoverStore } from './hover-store.ts';
import { objectName } from './object-name.ts';

/** Writes the shape of the selected device into the stencil. */
const MASK = new MeshBasicMaterial({
  colorWrite: false,
  depthWrite: false,
  depthTest: false,
  stencilWrite: true,
  stencilRef: 1,
  stencilFunc: AlwaysStencilFunc,
  stencilZPass: ReplaceStencilOp,
});

/** The hull, pushed outwards by a constant width on screen, wherever the mask is not. */
function hull(color: string, width: number): ShaderMaterial {
  return new ShaderMaterial({
    side: BackSide,
    depthTest: false,
    depthWrite: false,
    transparent: true,
    stencilWrite: true,
    stencilRef: 1,
    stencilFunc: NotEqualStencilFunc,
    uniforms: { color: { value: new Color(color) }, width: { value: width } },
    vertexShader: `
      uniform float width;
      void main() {
        vec4 clip = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
        vec3 n = normalize(normalMatrix * normal);
        vec2 aspect = vec2(projectionMatrix[0][0] / projectionMatrix[1][1], 1.0);
        clip.xy += normalize(n.xy + 1e-5) * width * aspect * clip.w;
        gl_Position = clip;
      }`,
    fragmentShader: `
      uniform vec3 color;
      void main() {
        gl_FragColor = vec4(color, 1.0);
        #include <colorspace_fragment>
      }`,
  });
}

const SELECTED = hull('#1976b8', 0.0046);
const HOVERED = hull('#6fa9cf', 0.003);

function outline(target: Object3D, line: ShaderMaterial): () => void {
  const added: Mesh[] = [];
  const meshes: Mesh[] = [];
  target.traverse((object) => {
    if (object instanceof Mesh && !('isInstancedMesh' in object)) meshes.push(object);
  });
  for (const mesh of meshes) {
    for (const [material, order] of [
      [MASK, 998],
      [line, 999],
    ] as const) {
      const copy = new Mesh(mesh.geometry, material);
      copy.renderOrder = order;
      copy.raycast = () => undefined;
      // Beside the mesh and not below it: batched meshes are themselves unseen.
      copy.position.copy(mesh.position);
      copy.quaternion.copy(mesh.quaternion);
      mesh.parent?.add(copy);
      added.push(copy);
    }
  }
  return () => {
    for (const copy of added) copy.removeFromParent();
  };
}

/** A line around a device, visible through everything. */
function useOutline(id: string | undefined, line: ShaderMaterial): void {
  const three = useThree((s) => s.scene);
  const invalidate = useThree((s) => s.invalidate);
  const equipment = useStore(plantStore, (s) => s.scene?.equipment);
  useEffect(() => {
    if (id === undefined) return undefined;
    const target = three.getObjectByName(objectName(id));
    if (target === undefined) return undefined;
    const remove = outline(target, line);
    invalidate();
    return () => {
      remove();
      invalidate();
    };
  }, [id, line, three, invalidate, equipment]);
}

/** Lines around the selected device and the one under the pointer. */
export function SelectionOutline() {
  const selected = useStore(uiStore, (s) => s.selected);
  const hovered = useStore(hoverStore, (s) => s.hovered);
  useOutline(hovered === selected ? undefined : hovered, HOVERED);
  useOutline(selected, SELECTED);
  return null;
}
