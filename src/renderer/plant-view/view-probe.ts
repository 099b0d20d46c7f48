/** Read-only look into the running picture, for tests and the camera commands. */
interface ViewProbe {
  cameraTarget: () => readonly [number, number, number];
  rendererInfo: () => { readonly calls: number; readonly triangles: number };
}

export const viewProbe: ViewProbe = {
  cameraTarget: () => [0, 0, 0],
  rendererInfo: () => ({ calls: 0, triangles: 0 }),
};
