import { VESSEL_FIELDS } from '../../kernel/view-contract.ts';

/** A vessel that moves further between two frames was put elsewhere; it does not glide there [m]. */
const JUMP = 2;
const { x, y, z, qx, qw, fill, turbidity, pellet, tint, capped, present, holder } = VESSEL_FIELDS;
const GLIDING = [fill, turbidity, pellet] as const;
const AT_ONCE = [tint, capped, present, holder] as const;

/** Blends the numbers of the vessel at offset `v` from `previous` to `latest`. */
export function blendVessel(
  current: Float32Array,
  previous: Float32Array,
  latest: Float32Array,
  v: number,
  share: number,
): void {
  for (const field of AT_ONCE) current[v + field] = latest[v + field] as number;
  for (const field of GLIDING) mix(current, previous, latest, v + field, share);
  const apart = Math.hypot(
    (latest[v + x] as number) - (previous[v + x] as number),
    (latest[v + y] as number) - (previous[v + y] as number),
    (latest[v + z] as number) - (previous[v + z] as number),
  );
  if (apart > JUMP) {
    for (let i = x; i <= qw; i++) current[v + i] = latest[v + i] as number;
    return;
  }
  for (let i = x; i <= z; i++) mix(current, previous, latest, v + i, share);
  if (share >= 1) for (let i = qx; i <= qw; i++) current[v + i] = latest[v + i] as number;
  else turn(current, previous, latest, v, share);
}

function mix(
  current: Float32Array,
  previous: Float32Array,
  latest: Float32Array,
  i: number,
  share: number,
): void {
  const from = previous[i] as number;
  current[i] = share >= 1 ? (latest[i] as number) : from + ((latest[i] as number) - from) * share;
}

/** Turns the short way round. */
function turn(
  current: Float32Array,
  previous: Float32Array,
  latest: Float32Array,
  v: number,
  share: number,
): void {
  let dot = 0;
  for (let f = v + qx; f <= v + qw; f++) dot += (previous[f] as number) * (latest[f] as number);
  const sign = dot < 0 ? -1 : 1;
  let norm = 0;
  for (let f = v + qx; f <= v + qw; f++) {
    const from = (previous[f] as number) * sign;
    const q = from + ((latest[f] as number) - from) * share;
    current[f] = q;
    norm += q * q;
  }
  const scale = norm > 0 ? 1 / Math.sqrt(norm) : 1;
  for (let f = v + qx; f <= v + qw; f++) current[f] = (current[f] as number) * scale;
}
