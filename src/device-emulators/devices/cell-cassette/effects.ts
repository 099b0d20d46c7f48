import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { CASSETTE_PORTS } from '../../definition/coupling.ts';
import type { EffectContext, ReadContext, Wear } from '../../definition/device.ts';
import type { VesselView } from '../../definition/plant-port.ts';

/** What the shell remembers; the label belongs to the core. */
export interface CassetteState {
  /** Patient written with the latest label, and that label's batch. */
  patient: string;
  batch: string;
}

/** Configuration, SI. */
export interface CassetteConfig {
  readonly core: string;
  readonly maximumUses: number;
  readonly raman: boolean;
}

type Context = EffectContext<CassetteConfig, CassetteState>;
type Reader = ReadContext<CassetteConfig, CassetteState>;

export const UNASSIGNED: CassetteState = { patient: '', batch: '' };

/** The core, which is the body. */
export function coreOf({ plant }: Pick<Reader, 'plant'>): VesselView | undefined {
  return plant.vessel('core');
}

/** Patient on the label; empty as soon as the core that bore it is gone. */
export function patientOf(ctx: Pick<Reader, 'plant' | 'state'>): string {
  const batch = coreOf(ctx)?.batch ?? '';
  return batch !== '' && batch === ctx.state.batch ? ctx.state.patient : '';
}

/** Port used most. */
export function mostUsed({ plant, config }: Pick<Reader, 'plant' | 'config'>): Wear {
  const uses = plant.portUses('core');
  let part: (typeof CASSETTE_PORTS)[number] = CASSETTE_PORTS[0];
  for (const port of CASSETTE_PORTS) if (uses[port] > uses[part]) part = port;
  return { part, uses: uses[part], maximum: config.maximumUses };
}

/** Ports with what is printed on them, as JSON. */
export function portsJson({ id, plant }: Pick<Reader, 'id' | 'plant'>): string {
  const uses = plant.portUses('core');
  return JSON.stringify(
    CASSETTE_PORTS.map((port) => ({ port, barcode: `${id}/${port}`, uses: uses[port] })),
  );
}

/** Why the cassette cannot be given to a batch. */
export function refuseAssignment(ctx: Reader, batch: string): Refusal | undefined {
  if (batch === '') return refusal('INVALID_PARAMETER', `${ctx.id}: the batch has no name`);
  const core = coreOf(ctx);
  if (core === undefined || core.batch === batch) return undefined;
  if (core.batch !== '') {
    return refusal('INTERLOCK', `${ctx.id} belongs to ${core.batch}; release it first`);
  }
  if (!core.waste) return undefined;
  return refusal('INTERLOCK', `the core of ${ctx.id} has been used; fit a fresh one first`);
}

/** Why the sampling valve cannot be opened. */
export function refuseSampling({ id, plant }: Reader): Refusal | undefined {
  const coupling = plant.coupling(plant.location());
  if (coupling?.ports === 'sample') return undefined;
  return refusal('NOT_CONNECTED', `${id} would leak; couple its sample port first`);
}

/** Effects of the cassette by the names of its machine's actions. */
export const cassetteEffects = {
  assigned: (ctx: Context, { batch, patient }: { batch: string; patient: string }) => {
    Object.assign(ctx.state, { batch, patient });
    ctx.plant.setBatch('core', batch);
  },
  released: (ctx: Context) => {
    const core = coreOf(ctx);
    const isFresh = core !== undefined && core.batch === '' && core.volume === 0;
    Object.assign(ctx.state, UNASSIGNED);
    if (!isFresh) ctx.plant.setWaste('core');
  },
  valveOpened: (ctx: Context) => ctx.plant.setSamplingValve('core', true),
  valveClosed: (ctx: Context) => ctx.plant.setSamplingValve('core', false),
} as const;
