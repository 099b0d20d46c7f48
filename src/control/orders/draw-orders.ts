import { openStream, type RandomStream } from '../../kernel/random.ts';
import { MICROS_PER_HOUR, type Micros } from '../../kernel/time.ts';
import type { Order } from '../phase.ts';
import type { Demand, DemandedProduct, Spread } from './schema.ts';

/** Digits of the number in a batch's label. */
const DIGITS = 3;

/**
 * Draws the orders whose material reaches the plant before a time, in the order of their arrival. They
 * depend on demand and seed alone, so any plant can be given the same.
 *
 * @param products name of the product by recipe, as the demand names the recipe
 */
export function drawOrders(
  demand: Demand,
  products: ReadonlyMap<string, string>,
  seed: number,
  until: Micros,
): readonly Order[] {
  const orders = demand.products.flatMap((entry) => {
    const product = products.get(entry.recipe);
    if (product === undefined) throw new RangeError(`no recipe was given for ${entry.recipe}`);
    return ordersOf(demand, entry, product, seed, until);
  });
  return orders.sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Name of batch number `count`, such as P-001. */
export function batchLabel(label: string, count: number): string {
  return `${label}-${String(count).padStart(DIGITS, '0')}`;
}

function ordersOf(
  demand: Demand,
  entry: DemandedProduct,
  product: string,
  seed: number,
  until: Micros,
): readonly Order[] {
  const { label, every, arrivals, allogeneic, priority } = entry;
  const chance = openStream(seed, `demand ${label}`, 'arrivals');
  const ways = openStream(seed, `demand ${label}`, 'ways');
  const drawn: Omit<Order, 'id'>[] = [];
  const micros = (hours: number): Micros => Math.round(hours * MICROS_PER_HOUR);
  for (let hours = entry.from; ; ) {
    hours += arrivals === 'regular' ? every : -every * Math.log(1 - chance.uniform());
    const collected = micros(hours - (arrivals === 'regular' ? every : 0));
    if (collected >= until) break;
    if (allogeneic) {
      drawn.push({ product, start: collected, priority, patient: '' });
      continue;
    }
    const clinic = drawClinic(demand, ways);
    const transport = { in: micros(draw(clinic.in, ways)), out: micros(draw(clinic.out, ways)) };
    drawn.push({ product, start: collected + transport.in, priority, transport });
  }
  return drawn
    .filter(({ start = 0 }) => start < until)
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
    .map((order, i) => {
      const id = batchLabel(label, i + 1);
      return { id, ...order, patient: order.patient ?? `patient-${id}` };
    });
}

function drawClinic({ clinics }: Demand, stream: RandomStream): Demand['clinics'][number] {
  const whole = clinics.reduce((sum, { share }) => sum + share, 0);
  let left = stream.uniform() * whole;
  for (const clinic of clinics) {
    if (left < clinic.share) return clinic;
    left -= clinic.share;
  }
  const last = clinics.findLast(({ share }) => share > 0);
  if (last === undefined) throw new RangeError('no clinic has a share; the demand was not checked');
  return last;
}

/** Triangular distribution, for want of measured ways [h]. */
function draw({ least, usual, most }: Spread, stream: RandomStream): number {
  const span = most - least;
  const u = stream.uniform();
  if (span === 0) return least;
  const rise = (usual - least) / span;
  return u < rise
    ? least + Math.sqrt(u * span * (usual - least))
    : most - Math.sqrt((1 - u) * span * (most - usual));
}
