import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { fromSi } from '../../kernel/units.ts';
import type { PortSet } from './coupling.ts';
import type { ModuleReader } from './module-frame.ts';
import type { SupplyKind } from './plant-port.ts';

/**
 * Preconditions that modules share: a refusal that names place, cause and remedy, or undefined. They
 * only look, so effects may ask them once more whether all is still there. Volumes in [m3].
 */
type Reader = Pick<ModuleReader, 'id' | 'plant'>;

function millilitres(volume: number): string {
  return `${fromSi(volume, 'mL').toFixed(1)} mL`;
}

/** `NO_VESSEL` unless a cassette stands in the place. */
export function needsCassette({ id, plant }: Reader, place = 'transfer'): Refusal | undefined {
  if (plant.vesselAt(place) !== undefined) return undefined;
  return refusal('NO_VESSEL', `there is no cassette in ${id}.${place}; bring one`);
}

/** `NO_VESSEL`, or `NOT_CONNECTED` unless the connector has opened these ports of the cassette. */
export function needsOpenCoupling(
  context: Reader,
  ports: PortSet | readonly PortSet[],
  place = 'transfer',
): Refusal | undefined {
  const missing = needsCassette(context, place);
  if (missing !== undefined) return missing;
  const { id, plant } = context;
  const wanted: readonly string[] = typeof ports === 'string' ? [ports] : ports;
  const coupling = plant.coupling(place);
  const where = `the cassette in ${id}.${place}`;
  const remedy = `connect it for ${wanted.join(' or ')}`;
  if (coupling === undefined) return refusal('NOT_CONNECTED', `${where} is free; ${remedy}`);
  if (!wanted.includes(coupling.ports)) {
    return refusal('NOT_CONNECTED', `${where} is coupled for ${coupling.ports}; ${remedy}`);
  }
  if (coupling.open) return undefined;
  return refusal('NOT_CONNECTED', `the connection to ${where} is shut; open it`);
}

/** `NOT_CONNECTED` unless networks of these kinds serve the module and deliver. */
export function needsSupply(
  { id, plant }: Reader,
  ...kinds: readonly SupplyKind[]
): Refusal | undefined {
  for (const kind of kinds) {
    const supply = plant.supply(kind);
    if (supply === undefined) {
      return refusal('NOT_CONNECTED', `no ${kind} is laid to ${id}; put it into a served dock`);
    }
    if (!supply.open) {
      return refusal('NOT_CONNECTED', `${supply.id}, which serves ${id}, is shut; open it`);
    }
  }
  return undefined;
}

/** `NOT_CONNECTED` or `INSUFFICIENT_VOLUME` unless a network has that volume to give. */
export function needsFromSupply(
  context: Reader,
  kind: SupplyKind,
  volume: number,
): Refusal | undefined {
  const refused = needsSupply(context, kind);
  if (refused !== undefined) return refused;
  const source = context.plant.supply(kind)?.source ?? '';
  return source === '' ? undefined : needsVolume(context, source, volume);
}

/** `NOT_CONNECTED`, or `OVERFLOW` when what the drain runs into has no room for that volume. */
export function needsDrain(context: Reader, volume: number): Refusal | undefined {
  const refused = needsSupply(context, 'drain');
  if (refused !== undefined) return refused;
  const source = context.plant.supply('drain')?.source ?? '';
  return needsRoom(context, source, volume);
}

/** `OVERFLOW` unless a vessel, by name, has room for that volume. */
export function needsRoom({ plant }: Reader, vessel: string, volume: number): Refusal | undefined {
  const found = plant.vessel(vessel);
  if (found === undefined) return refusal('NO_VESSEL', `there is no vessel ${vessel}`);
  const room = found.capacity - found.volume;
  // A millionth of the vessel is rounding.
  if (volume <= room + 1e-6 * found.capacity) return undefined;
  return refusal(
    'OVERFLOW',
    `${found.id} has room for ${millilitres(room)}, not for ${millilitres(volume)}; empty it first`,
  );
}

/** `INSUFFICIENT_VOLUME` unless a vessel, by name, holds that volume. */
export function needsVolume(
  { plant }: Reader,
  vessel: string,
  volume: number,
): Refusal | undefined {
  const found = plant.vessel(vessel);
  if (found === undefined) return refusal('NO_VESSEL', `there is no vessel ${vessel}`);
  if (volume <= found.volume + 1e-6 * found.capacity) return undefined;
  return refusal(
    'INSUFFICIENT_VOLUME',
    `${found.id} holds ${millilitres(found.volume)}, not ${millilitres(volume)}; fill it first`,
  );
}
