import { Environment, Lightformer } from '@react-three/drei';
import { useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { type Box3, DirectionalLight, Vector3 } from 'three';
import type { ViewScene } from '../../kernel/view-contract.ts';
import { plantBox } from './plant-box.ts';

/** Direction from the plant to the sun that throws its shadows, Y up. */
const SUN = new Vector3(0.42, 1, 0.5).normalize();

/** One soft sun whose shadow map just covers the plant. */
function createSun(box: Box3): DirectionalLight {
  const centre = box.getCenter(new Vector3());
  const radius = box.getSize(new Vector3()).length() / 2;
  const sun = new DirectionalLight('#fff8ee', 1.9);
  sun.position.copy(centre).addScaledVector(SUN, radius + 4);
  sun.target.position.copy(centre);
  sun.castShadow = true;
  const { shadow } = sun;
  shadow.mapSize.set(2048, 2048);
  shadow.bias = -0.0003;
  shadow.normalBias = 0.015;
  shadow.radius = 5;
  shadow.intensity = 0.62;
  const { camera } = shadow;
  camera.left = -radius;
  camera.right = radius;
  camera.top = radius * 0.75;
  camera.bottom = -radius * 0.75;
  camera.near = 1;
  camera.far = 2 * radius + 8;
  return sun;
}

/** Soft ceiling strips, a key card and a cool rim, drawn into an environment map once; and a sun. */
export function StudioLight({ scene }: { scene: ViewScene | undefined }) {
  const gl = useThree((s) => s.gl);
  const zones = scene?.zones;
  const equipment = scene?.equipment;
  const sun = useMemo(() => {
    if (zones === undefined || equipment === undefined) return undefined;
    return createSun(plantBox(zones, equipment));
  }, [zones, equipment]);
  useEffect(() => {
    gl.shadowMap.autoUpdate = false;
    gl.shadowMap.needsUpdate = true;
  }, [gl, sun]);
  return (
    <>
      <hemisphereLight args={['#ffffff', '#c9c6bf', 0.42]} />
      {sun !== undefined && (
        <>
          <primitive object={sun} />
          <primitive object={sun.target} />
        </>
      )}
      <Environment frames={1} resolution={256} environmentIntensity={0.62}>
        <color attach="background" args={['#c6cbcd']} />
        {[-5, -1.7, 1.7, 5].map((z) => (
          <Lightformer
            key={z}
            intensity={4.2}
            position={[0, 6, z]}
            rotation-x={Math.PI / 2}
            scale={[16, 0.8, 1]}
          />
        ))}
        <Lightformer intensity={1.5} position={[8, 4, 8]} target={[0, 0, 0]} scale={[8, 5, 1]} />
        <Lightformer
          intensity={1.1}
          color="#dbe9f4"
          position={[-9, 3, -5]}
          target={[0, 0, 0]}
          scale={[4, 6, 1]}
        />
        <Lightformer
          intensity={0.8}
          color="#b9bcbd"
          position={[0, -5, 0]}
          rotation-x={-Math.PI / 2}
          scale={[20, 20, 1]}
        />
      </Environment>
    </>
  );
}
