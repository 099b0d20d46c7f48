import { ContactShadows, Environment, Lightformer } from '@react-three/drei';
import { Canvas } from '@react-three/fiber';
import { NeutralToneMapping, PCFShadowMap } from 'three';
import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { Equipment } from './Equipment.tsx';
import { FrameClock } from './FrameClock.tsx';
import { Lines } from './Lines.tsx';
import { PlantCamera } from './PlantCamera.tsx';
import { SelectionOutline } from './SelectionOutline.tsx';
import { Vessels } from './Vessels.tsx';
import { Zones } from './Zones.tsx';

const BACKGROUNDS = { light: '#d4d7d9', dark: '#24282c' } as const;
const GROUND = { light: '#c9cccf', dark: '#2b2f33' } as const;

/** The one canvas of the page; the scene's Z-up world is turned once, at its root. */
export function PlantCanvas() {
  const scene = useStore(plantStore, (s) => s.scene);
  const theme = useStore(uiStore, (s) => s.theme);
  return (
    <Canvas
      data-testid="canvas"
      shadows={{ type: PCFShadowMap }}
      dpr={[1, 2]}
      camera={{ fov: 36, near: 0.05, far: 120, position: [9, 7, 11] }}
      gl={{
        antialias: true,
        stencil: true,
        toneMapping: NeutralToneMapping,
        toneMappingExposure: 0.92,
      }}
      onPointerMissed={() => uiStore.getState().select(undefined)}
    >
      <color attach="background" args={[BACKGROUNDS[theme]]} />
      <fog attach="fog" args={[BACKGROUNDS[theme], 26, 70]} />
      <FrameClock />
      <StudioLight />
      <group rotation={[-Math.PI / 2, 0, 0]} name="world">
        <mesh receiveShadow position={[0, 0, -0.012]}>
          <circleGeometry args={[60, 64]} />
          <meshStandardMaterial color={GROUND[theme]} roughness={0.85} />
        </mesh>
        {scene !== undefined && (
          <>
            <Zones zones={scene.zones} />
            <Equipment equipment={scene.equipment} />
            <Vessels scene={scene} />
            <Lines scene={scene} />
          </>
        )}
      </group>
      {scene !== undefined && (
        <ContactShadows
          key={scene.revision}
          frames={2}
          position={[3, 0.006, -2]}
          scale={24}
          far={0.9}
          blur={1.6}
          opacity={0.42}
          resolution={1024}
        />
      )}
      <SelectionOutline />
      <PlantCamera />
    </Canvas>
  );
}

/** Soft ceiling strips, a key card and a cool rim, drawn into an environment map once. */
function StudioLight() {
  return (
    <>
      <ambientLight intensity={0.25} />
      <directionalLight
        castShadow
        position={[7, 12, 6]}
        intensity={1.5}
        shadow-mapSize={[2048, 2048]}
        shadow-bias={-0.0004}
        shadow-normalBias={0.02}
        shadow-radius={6}
      >
        <orthographicCamera attach="shadow-camera" args={[-10, 10, 10, -10, 1, 34]} />
      </directionalLight>
      <Environment frames={1} resolution={256} environmentIntensity={0.62}>
        <color attach="background" args={['#6f7579']} />
        <Lightformer
          intensity={3.2}
          position={[0, 6, -3]}
          rotation-x={Math.PI / 2}
          scale={[14, 0.9, 1]}
        />
        <Lightformer
          intensity={3.2}
          position={[0, 6, 3]}
          rotation-x={Math.PI / 2}
          scale={[14, 0.9, 1]}
        />
        <Lightformer intensity={1.7} position={[7, 4, 7]} target={[0, 0, 0]} scale={[7, 5, 1]} />
        <Lightformer
          intensity={1.1}
          color="#dbe9f4"
          position={[-9, 3, -5]}
          target={[0, 0, 0]}
          scale={[3, 6, 1]}
        />
        <Lightformer
          intensity={0.35}
          color="#8b8f92"
          position={[0, -5, 0]}
          rotation-x={-Math.PI / 2}
          scale={[20, 20, 1]}
        />
      </Environment>
    </>
  );
}
