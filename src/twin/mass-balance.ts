import { refill } from './refill.ts';
import { totalInto } from '../physics/fluids/contents.ts';
import type { Plant } from './plant.ts';
import type { Micros } from '../kernel/time.ts';

/** A combination of amounts that neither transfers nor reactions change. */
export interface ConservedQuantity {
  readonly name: string;
  /** Weight of each species by index; absent species weigh nothing. */
  readonly weights: Readonly<Record<number, number>>;
}

/** Amounts by the names of conserved combinations. */
export interface MassBalanceState {
  readonly held: readonly (readonly [name: string, amount: number])[];
  readonly brought: readonly (readonly [name: string, amount: number])[];
}

/**
 * Compares what is in the plant with what was brought in, for every conserved combination. The
 * error is relative to everything ever brought in.
 */
export class MassBalance {
  private readonly quantities: readonly ConservedQuantity[];
  /** Brought in less taken out, and brought in altogether. */
  private readonly held = new Map<string, number>();
  private readonly brought = new Map<string, number>();

  constructor(quantities: readonly ConservedQuantity[]) {
    this.quantities = quantities;
  }

  /** What was brought in and is held, by combination; plain data. */
  save(): MassBalanceState {
    return { held: [...this.held], brought: [...this.brought] };
  }

  restore({ held, brought }: MassBalanceState): void {
    refill(this.held, held);
    refill(this.brought, brought);
  }

  /** Material has come from outside. */
  bring(amounts: Float64Array): void {
    for (const { name, weights } of this.quantities) {
      const amount = weigh(weights, amounts);
      this.brought.set(name, (this.brought.get(name) ?? 0) + amount);
      this.held.set(name, (this.held.get(name) ?? 0) + amount);
    }
  }

  /** Material has left the plant. */
  remove(amounts: Float64Array): void {
    for (const { name, weights } of this.quantities) {
      this.held.set(name, (this.held.get(name) ?? 0) - weigh(weights, amounts));
    }
  }

  /**
   * Largest relative error over all conserved combinations at `t`, and its name. Without `t`, vessels
   * are taken as they were when last touched, which costs no look into their cultures.
   */
  worst(plant: Plant, t?: Micros): { readonly name: string; readonly relativeError: number } {
    const sum = new Float64Array(plant.speciesCount);
    const part = new Float64Array(plant.speciesCount);
    for (const vessel of plant.state.vessels.values()) {
      if (t === undefined) totalInto(part, vessel.contents.lots);
      else plant.project(vessel, t, part);
      for (let s = 0; s < sum.length; s++) sum[s] = (sum[s] ?? 0) + (part[s] ?? 0);
    }
    for (const { lots } of plant.state.spills.values()) {
      totalInto(part, lots);
      for (let s = 0; s < sum.length; s++) sum[s] = (sum[s] ?? 0) + (part[s] ?? 0);
    }
    for (const line of plant.state.lines.values()) {
      for (const segment of line.tubing.segments) {
        if (segment.kind === 'air') continue;
        totalInto(part, segment.parcel.portions);
        for (let s = 0; s < sum.length; s++) sum[s] = (sum[s] ?? 0) + (part[s] ?? 0);
      }
    }
    let worst = { name: '', relativeError: 0 };
    for (const { name, weights } of this.quantities) {
      const difference = Math.abs(weigh(weights, sum) - (this.held.get(name) ?? 0));
      if (difference === 0) continue;
      const relativeError = difference / Math.abs(this.brought.get(name) ?? 0);
      if (!(relativeError <= worst.relativeError)) worst = { name, relativeError };
    }
    return worst;
  }
}

function weigh(weights: Readonly<Record<number, number>>, amounts: Float64Array): number {
  let sum = 0;
  for (const [species, weight] of Object.entries(weights)) {
    sum += weight * (amounts[Number(species)] ?? 0);
  }
  return sum;
}
