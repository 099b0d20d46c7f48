/** Outline of a body of revolution: radius and height of each point [m]. */
export type Profile = readonly (readonly [radius: number, height: number])[];

/**
 * The profile in the order that turns its faces outwards, whichever way it was written: closed by the
 * axis it must run counter-clockwise, radius to the right and height up.
 */
export function outwards(profile: Profile): Profile {
  let area = 0;
  for (let i = 0; i < profile.length; i++) {
    const [r0, z0] = profile[i] ?? [0, 0];
    const [r1, z1] = profile[(i + 1) % profile.length] ?? [0, 0];
    area += r0 * z1 - r1 * z0;
  }
  return area < 0 ? [...profile].reverse() : profile;
}
