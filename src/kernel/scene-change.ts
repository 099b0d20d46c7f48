import type { SceneChange, ViewScene } from './view-contract.ts';

/** The scene after a change; what did not change stays the same object. */
export function applySceneChange(scene: ViewScene, change: SceneChange): ViewScene {
  const vessels = [...scene.vessels];
  for (const { slot, vessel } of change.vessels) vessels[slot] = vessel;
  return { ...scene, revision: change.revision, layout: change.layout, vessels };
}
