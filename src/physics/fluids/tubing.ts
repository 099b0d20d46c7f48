import { type LiquidParcel, type LotAmounts, VOLUME, volumeOf } from './contents.ts';

/**
 * A run of tubing as a plug-flow queue of liquid and air segments that together always fill the
 * hold-up volume. What goes in at one end pushes the same volume out at the other, so the first
 * liquid arrives after one hold-up and what is left in the tube is lost unless it is chased out.
 */
export interface TubingState {
  /** Hold-up volume pi D^2 L / 4 [m3]. */
  readonly holdUp: number;
  /** From the `from` end to the `to` end. */
  segments: Segment[];
}

export type Segment =
  | { readonly kind: 'air'; readonly volume: number }
  | { readonly kind: 'liquid'; readonly parcel: LiquidParcel };

/** Hold-up [m3] of a tube of bore `diameter` and `length` [m]. */
export function holdUpVolume(diameter: number, length: number): number {
  return (Math.PI * diameter * diameter * length) / 4;
}

/** Pressure drop [Pa] of laminar flow (Hagen-Poiseuille), dP = 128 eta L Q / (pi D^4). */
export function laminarPressureDrop(
  flow: number,
  diameter: number,
  length: number,
  viscosity: number,
): number {
  return (128 * viscosity * length * flow) / (Math.PI * diameter ** 4);
}

export function emptyTubing(holdUp: number): TubingState {
  return { holdUp, segments: [{ kind: 'air', volume: holdUp }] };
}

/** Liquid in the tube [m3]. */
export function wetVolume(tubing: TubingState): number {
  let sum = 0;
  for (const s of tubing.segments) if (s.kind === 'liquid') sum += volumeOf(s.parcel.portions);
  return sum;
}

function segmentVolume(segment: Segment): number {
  return segment.kind === 'air' ? segment.volume : volumeOf(segment.parcel.portions);
}

/**
 * Pushes a segment in and returns the liquid that comes out at the far end.
 *
 * @param backwards pushes in at the `to` end instead
 */
export function push(tubing: TubingState, segment: Segment, backwards = false): LiquidParcel[] {
  const volume = segmentVolume(segment);
  if (volume <= 0) return [];
  const queue = backwards ? tubing.segments.slice().reverse() : tubing.segments.slice();
  const head = queue[0];
  if (segment.kind === 'air' && head?.kind === 'air') {
    queue[0] = { kind: 'air', volume: head.volume + segment.volume };
  } else if (
    segment.kind === 'liquid' &&
    head?.kind === 'liquid' &&
    sameComposition(segment.parcel, head.parcel)
  ) {
    // Only liquids of one composition are merged, so that a front is never smeared.
    queue[0] = {
      kind: 'liquid',
      parcel: mergeParcels(segment.parcel, head.parcel),
    };
  } else {
    queue.unshift(segment);
  }
  const out: LiquidParcel[] = [];
  let excess = queue.reduce((sum, s) => sum + segmentVolume(s), 0) - tubing.holdUp;
  while (excess > tubing.holdUp * 1e-12) {
    const last = queue.pop();
    if (last === undefined) break;
    const size = segmentVolume(last);
    if (size <= excess) {
      if (last.kind === 'liquid') out.push(last.parcel);
      excess -= size;
    } else if (last.kind === 'air') {
      queue.push({ kind: 'air', volume: size - excess });
      excess = 0;
    } else {
      const [rest, leaving] = divide(last.parcel, excess / size);
      queue.push({ kind: 'liquid', parcel: rest });
      out.push(leaving);
      excess = 0;
    }
  }
  tubing.segments = backwards ? queue.reverse() : queue;
  return out;
}

/** Removes all liquid, as when a tube is taken away. */
export function drain(tubing: TubingState): LiquidParcel[] {
  const out = tubing.segments.flatMap((s) => (s.kind === 'liquid' ? [s.parcel] : []));
  tubing.segments = [{ kind: 'air', volume: tubing.holdUp }];
  return out;
}

function divide(parcel: LiquidParcel, fraction: number): [rest: LiquidParcel, part: LiquidParcel] {
  const rest: LotAmounts[] = [];
  const part: LotAmounts[] = [];
  for (const { lot, amounts } of parcel.portions) {
    const leaving = amounts.map((a) => a * fraction);
    rest.push({ lot, amounts: amounts.map((a, s) => a - (leaving[s] ?? 0)) });
    part.push({ lot, amounts: leaving });
  }
  const { temperature } = parcel;
  return [
    { portions: rest, temperature },
    { portions: part, temperature },
  ];
}

function mergeParcels(a: LiquidParcel, b: LiquidParcel): LiquidParcel {
  const va = volumeOf(a.portions);
  const vb = volumeOf(b.portions);
  const portions: LotAmounts[] = a.portions.map(({ lot, amounts }) => ({
    lot,
    amounts: amounts.slice(),
  }));
  for (const { lot, amounts } of b.portions) {
    const own = portions.find((p) => p.lot === lot);
    if (own === undefined) portions.push({ lot, amounts: amounts.slice() });
    else amounts.forEach((x, s) => (own.amounts[s] = (own.amounts[s] ?? 0) + x));
  }
  const total = va + vb;
  const temperature = total > 0 ? (a.temperature * va + b.temperature * vb) / total : a.temperature;
  return { portions, temperature };
}

/** Whether two parcels agree in every concentration to 1 part in 10^6 of the larger. */
function sameComposition(a: LiquidParcel, b: LiquidParcel): boolean {
  if (a.portions.length !== b.portions.length) return false;
  const va = volumeOf(a.portions);
  const vb = volumeOf(b.portions);
  if (va <= 0 || vb <= 0) return true;
  return a.portions.every((p, i) => {
    const q = b.portions[i];
    if (q === undefined || q.lot !== p.lot) return false;
    for (let s = VOLUME; s < p.amounts.length; s++) {
      const x = (p.amounts[s] ?? 0) / va;
      const y = (q.amounts[s] ?? 0) / vb;
      if (Math.abs(x - y) > 1e-6 * Math.max(Math.abs(x), Math.abs(y))) return false;
    }
    return true;
  });
}
