import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import {
  AlwaysStencilFunc,
  BackSide,
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
import { objectName } from './Equipment.tsx';

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
const HULL = new ShaderMaterial({
  side: BackSide,
  depthTest: false,
  depthWrite: false,
  transparent: true,
  stencilWrite: true,
  stencilRef: 1,
  stencilFunc: NotEqualStencilFunc,
  vertexShader: `
    void main() {
      vec4 clip = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
      vec3 n = normalize(normalMatrix * normal);
      clip.xy += normalize(n.xy + 1e-5) * 0.0042 * vec2(projectionMatrix[0][0] / projectionMatrix[1][1], 1.0) * clip.w;
      gl_Position = clip;
    }`,
  fragmentShader: 'void main() { gl_FragColor = vec4(0.09, 0.46, 0.72, 1.0); }',
});

function outline(target: Object3D): () => void {
  const added: Mesh[] = [];
  const meshes: Mesh[] = [];
  target.traverse((object) => {
    if (object instanceof Mesh && !('isInstancedMesh' in object)) meshes.push(object);
  });
  for (const mesh of meshes) {
    for (const [material, order] of [
      [MASK, 998],
      [HULL, 999],
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

/** A line around the selected device, visible through everything. */
export function SelectionOutline() {
  const three = useThree((s) => s.scene);
  const selected = useStore(uiStore, (s) => s.selected);
  const revision = useStore(plantStore, (s) => s.scene?.revision);
  useEffect(() => {
    if (selected === undefined) return undefined;
    const target = three.getObjectByName(objectName(selected));
    return target === undefined ? undefined : outline(target);
  }, [selected, three, revision]);
  return null;
}
