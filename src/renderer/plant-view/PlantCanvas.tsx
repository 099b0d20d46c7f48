import { Canvas } from '@react-three/fiber';
import { NeutralToneMapping, PCFShadowMap } from 'three';
import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { DeviceLabels } from './DeviceLabels.tsx';
import { Equipment } from './Equipment.tsx';
import { Fleets } from './fleet/Fleets.tsx';
import { FrameClock } from './FrameClock.tsx';
import { Lines } from './Lines.tsx';
import { PlantCamera } from './PlantCamera.tsx';
import { Rooms } from './rooms/Rooms.tsx';
import { SelectionOutline } from './SelectionOutline.tsx';
import { StudioLight } from './StudioLight.tsx';
import { Supplies } from './Supplies.tsx';
import { Vessels } from './Vessels.tsx';

const BACKGROUNDS = { light: '#d8dee3', dark: '#24282c' } as const;
const SHADOW_ON_GROUND = { light: 0.16, dark: 0.4 } as const;

/** The one canvas of the page; the scene's Z-up world is turned once, at its root. */
export function PlantCanvas() {
  const scene = useStore(plantStore, (s) => s.scene);
  const theme = useStore(uiStore, (s) => s.theme);
  return (
    <Canvas
      data-testid="canvas"
      shadows={{ type: PCFShadowMap }}
      dpr={[1, 2]}
      camera={{ fov: 30, near: 0.05, far: 120, position: [9, 7, 11] }}
      gl={{
        antialias: true,
        stencil: true,
        toneMapping: NeutralToneMapping,
        toneMappingExposure: 0.95,
      }}
      onPointerMissed={() => uiStore.getState().select(undefined)}
    >
      <color attach="background" args={[BACKGROUNDS[theme]]} />
      <FrameClock />
      <StudioLight scene={scene} />
      <group rotation={[-Math.PI / 2, 0, 0]} name="world">
        <mesh receiveShadow position={[0, 0, -0.081]}>
          <circleGeometry args={[60, 64]} />
          <shadowMaterial transparent opacity={SHADOW_ON_GROUND[theme]} />
        </mesh>
        {scene !== undefined && (
          <>
            <Rooms scene={scene} />
            <Equipment scene={scene} />
            <Fleets scene={scene} />
            <Vessels scene={scene} />
            <Lines scene={scene} />
            <Supplies scene={scene} />
            <DeviceLabels equipment={scene.equipment} />
          </>
        )}
      </group>
      <SelectionOutline />
      <PlantCamera />
    </Canvas>
  );
}
