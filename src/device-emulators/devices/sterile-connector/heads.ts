import type { Travel } from '../../../physics/mechanism/travel.ts';
import type { Coupling, PortSet } from '../../definition/coupling.ts';
import type { ReadContext } from '../../definition/device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import type { Goal } from './machine.ts';

/** Most heads that a connector is built with. */
export const MOST_HEADS = 8;

/** One head of the connector. */
export interface Head {
  /** Couplings since it was new. */
  uses: number;
  /** Place whose vessel it holds on to, empty when parted. */
  place: string;
  sealed: boolean;
  sterilised: boolean;
  tested: boolean;
}

/** What the connector was asked to do. */
export interface Task {
  readonly goal: Goal;
  readonly head: number;
  readonly ports: PortSet;
  /** Whether a leak test has been run for this task. */
  tested: boolean;
}

/** What the connector is doing; plain data. */
export interface ConnectorState {
  readonly heads: Head[];
  task: Task | undefined;
  /** Vessel that is being coupled. */
  vessel: string;
  /** Fork of the head at work, 0 drawn back to 1 at the cassette. */
  fork: Travel;
  /** Fraction that the latest leak test found to get out. */
  leakRate: number;
  readonly faults: Record<'leak' | 'noLock' | 'worn', boolean>;
}

/** Configuration, SI. */
export interface ConnectorConfig {
  readonly heads: number;
  readonly maximumUses: number;
  readonly leakChance: number;
  readonly coupleTime: number;
  readonly sealTime: number;
  readonly steriliseTime: number;
  readonly testTime: number;
  readonly valveTime: number;
}

export type Reader = ReadContext<ConnectorConfig, ConnectorState>;

export const NEW_HEAD: Head = {
  uses: 0,
  place: '',
  sealed: false,
  sterilised: false,
  tested: false,
};

export function headOf({ state }: Pick<Reader, 'state'>, number: number): Head {
  const head = state.heads[number - 1];
  if (head === undefined) throw new RangeError(`no head ${number}`);
  return head;
}

/**
 * Place that a head serves: the slot of its number where the module has slots, else the transfer place
 * for head 1. Undefined where there is none, and outside a module.
 */
export function placeOfHead(plant: PlantReader, number: number): string | undefined {
  const [module = ''] = plant.location().split('.');
  if (module === '') return undefined;
  const slot = `${module}.slot${number}`;
  if (plant.placePose(slot) !== undefined) return slot;
  const transfer = `${module}.transfer`;
  return number === 1 && plant.placePose(transfer) !== undefined ? transfer : undefined;
}

/** Connection that a head holds. */
export function couplingOf(
  { plant }: Pick<Reader, 'plant'>,
  { place }: Head,
): Coupling | undefined {
  return place === '' ? undefined : plant.coupling(place);
}

/** Largest number of uses of a head. */
export function mostUses({ heads }: Readonly<ConnectorState>): number {
  return Math.max(...heads.map(({ uses }) => uses));
}

/** Heads and what they hold on to, as JSON. */
export function headsJson(ctx: Pick<Reader, 'plant' | 'state'>): string {
  return JSON.stringify(
    ctx.state.heads.map((head, i) => {
      const coupling = couplingOf(ctx, head);
      return {
        head: i + 1,
        uses: head.uses,
        vessel: coupling?.vessel ?? '',
        ports: coupling?.ports ?? '',
        sealed: head.sealed,
        sterile: coupling?.sterile ?? false,
        open: coupling?.open ?? false,
      };
    }),
  );
}
