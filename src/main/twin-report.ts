import { carPositive, livingCells, viability } from '../bio-models/readouts.ts';
import { S } from '../bio-models/species.ts';
import type { Micros } from '../kernel/time.ts';
import { fromSi } from '../kernel/units.ts';
import type { Twin } from '../twin/twin.ts';
import type { Consumption, DeviceUse } from '../twin/usage.ts';

/** True state of a batch's product, not what an instrument says of it. */
export interface ProductState {
  readonly viableCells: number;
  readonly viability: number;
  readonly carPositive: number;
  readonly volumeMl: number;
}

/** What a twin has come to. */
export interface TwinReport {
  readonly time: Micros;
  readonly stateHash: string;
  /** Commands given so far, refused ones among them. */
  readonly commands: number;
  readonly worstRelativeError: number;
  /** Use of devices, and what came from outside. */
  readonly devices: Readonly<Record<string, DeviceUse>>;
  readonly consumption: Consumption;
  /** By batch. */
  readonly products: Readonly<Record<string, ProductState>>;
}

export function reportTwin(twin: Twin): TwinReport {
  return {
    time: twin.now,
    stateHash: twin.stateHash(),
    commands: twin.log.length,
    worstRelativeError: twin.massBalance.worst(twin.plant, twin.now).relativeError,
    devices: twin.plant.usage.devices(twin.now),
    consumption: twin.plant.usage.consumption,
    products: Object.fromEntries(
      [...twin.plant.state.batches].map((batch) => [batch, productOf(twin, batch)]),
    ),
  };
}

/** The contents of the vessel that holds, or held when it left, most of the batch's living cells. */
function productOf(twin: Twin, batch: string): ProductState {
  const { plant, now } = twin;
  const amounts = new Float64Array(plant.speciesCount);
  let most: ProductState = { viableCells: 0, viability: 0, carPositive: 0, volumeMl: 0 };
  const consider = (held: Float64Array): void => {
    const viableCells = livingCells(held);
    if (viableCells <= most.viableCells) return;
    most = {
      viableCells,
      viability: viability(held),
      carPositive: carPositive(held),
      volumeMl: fromSi(held[S.volume] ?? 0, 'mL'),
    };
  };
  for (const vessel of plant.state.vessels.values()) {
    if (vessel.waste || !vessel.contents.lots.some(({ lot }) => lot === batch)) continue;
    plant.project(vessel, now, amounts);
    consider(amounts);
  }
  for (const departure of plant.usage.departures) {
    if (departure.batch === batch) consider(departure.amounts);
  }
  return most;
}
