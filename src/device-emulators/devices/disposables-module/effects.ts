import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import { needsCassette } from '../../definition/module-checks.ts';
import { CORE_SIZES, type CoreSize } from '../../definition/module-frame.ts';

/** What is in the magazines, and which core is being fitted. */
export interface DisposablesState {
  cores: Record<CoreSize, number>;
  bags: number;
  /** Bags given out so far, for their names. */
  bagsGiven: number;
  size: CoreSize;
  /** Press that fits cores, 0 up to 1 down. */
  press: Travel;
}

/** Configuration, SI. */
export interface DisposablesConfig {
  readonly cores: number;
  readonly bags: number;
  readonly fitTime: number;
}

type Context = EffectContext<DisposablesConfig, DisposablesState>;
type Reader = ReadContext<DisposablesConfig, DisposablesState>;

/** From this many on a magazine counts as nearly empty; assumed. */
const LOW = 2;

export function stocked({ cores, bags }: DisposablesConfig): DisposablesState {
  return { ...stock(cores, bags), bagsGiven: 0, size: 's300', press: resting(0) };
}

function stock(cores: number, bags: number): Pick<DisposablesState, 'cores' | 'bags'> {
  const each = Object.fromEntries(CORE_SIZES.map((size) => [size, cores]));
  return { cores: each as Record<CoreSize, number>, bags };
}

/** Why no fresh core can be fitted to the cassette. */
export function refuseCore(ctx: Reader, size: CoreSize): Refusal | undefined {
  const missing = needsCassette(ctx);
  if (missing !== undefined) return missing;
  const { id, plant, state } = ctx;
  const cassette = plant.vesselAt('transfer');
  if (plant.coupling('transfer') !== undefined) {
    return refusal('INTERLOCK', `the cassette in ${id}.transfer is coupled; disconnect it first`);
  }
  if (cassette !== undefined && cassette.batch !== '') {
    const message = `${cassette.id} belongs to ${cassette.batch}; release it before its core is thrown away`;
    return refusal('INTERLOCK', message);
  }
  if (state.cores[size] > 0) return undefined;
  return refusal('OUT_OF_STOCK', `${id} has no core ${size} left; restock it`);
}

/** Why no bag can be given. */
export function refuseBag({ id, plant, state }: Reader): Refusal | undefined {
  const there = plant.vesselAt('bag');
  if (there !== undefined) return refusal('PLACE_OCCUPIED', `${there.id} stands in ${id}.bag`);
  if (state.bags > 0) return undefined;
  return refusal('OUT_OF_STOCK', `${id} has no bag left; restock it`);
}

function inspect(ctx: Context): void {
  const { cores, bags } = ctx.state;
  const low: string[] = CORE_SIZES.filter((size) => cores[size] <= LOW);
  if (bags <= LOW) low.push('bags');
  ctx.setAlarm('stockLow', false);
  ctx.setAlarm('stockLow', low.length > 0, `little left of ${low.join(', ')}`);
}

function movePress(ctx: Context, to: number): void {
  ctx.state.press = travelTo(ctx.state.press, to, ctx.now, ctx.config.fitTime / 2);
}

/** Effects of the disposables module by the names of its machine's actions. */
export const disposablesEffects = {
  fittingBegun: (ctx: Context, { size }: { size: CoreSize }) => {
    ctx.state.size = size;
    ctx.plant.setPlaceOpen('transfer', false);
    movePress(ctx, 1);
  },
  coreFitted: (ctx: Context) => {
    const { plant, state } = ctx;
    plant.setPlaceOpen('transfer', true);
    movePress(ctx, 0);
    const refused = refuseCore(ctx, state.size);
    const cassette = plant.vesselAt('transfer');
    if (refused !== undefined || cassette === undefined) {
      ctx.fail(refused?.code ?? 'NO_VESSEL', refused?.message ?? 'the cassette was taken away');
      return;
    }
    plant.refit(cassette.id, `cassette-${state.size}`);
    state.cores[state.size] -= 1;
    inspect(ctx);
    ctx.complete({ coresLeft: state.cores[state.size] });
  },
  bagGiven: (ctx: Context) => {
    const { plant, state, id } = ctx;
    const refused = refuseBag(ctx);
    if (refused !== undefined) {
      ctx.fail(refused.code, refused.message);
      return;
    }
    state.bags -= 1;
    state.bagsGiven += 1;
    const bag = `${id}-bag-${state.bagsGiven}`;
    plant.bringIn({
      id: bag,
      kind: 'product-bag',
      place: 'bag',
      batch: '',
      capped: true,
      fill: undefined,
    });
    inspect(ctx);
    ctx.complete({ vessel: bag });
  },
  restocked: (ctx: Context) => {
    const { cores, bags } = ctx.config;
    Object.assign(ctx.state, stock(cores, bags));
    inspect(ctx);
  },
  stopped: (ctx: Context) => {
    ctx.plant.setPlaceOpen('transfer', true);
    movePress(ctx, 0);
  },
} as const;
