import { describe, expect, it } from 'vitest';
import { drawOrders } from '../../../src/control/orders/draw-orders.ts';
import { loadDemand } from '../../../src/control/orders/load-demand.ts';
import type { Demand } from '../../../src/control/orders/schema.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../../../src/kernel/time.ts';

const SEED = 7;
const TEXT = `
doppel: 1
name: two
title: Two products
clinics:
  - { name: Near, share: 3, in: { least: 1 h, usual: 2 h, most: 4 h }, out: { least: 2 h, usual: 2 h, most: 2 h } }
  - { name: Far, share: 1, in: { least: 20 h, usual: 24 h, most: 40 h }, out: { least: 30 h, usual: 31 h, most: 40 h } }
products:
  - { recipe: one, label: P, every: 12 h, priority: 2 }
  - { recipe: other, label: M, every: 7 d, arrivals: regular, from: 1 d, allogeneic: true }
`;
const PRODUCTS = new Map([
  ['one', 'One'],
  ['other', 'Other'],
]);

function demandOf(text: string): Demand {
  const read = loadDemand(text, 'two.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.demand;
}

const draw = (days: number, seed = SEED, text = TEXT) =>
  drawOrders(demandOf(text), PRODUCTS, seed, days * MICROS_PER_DAY);

describe('orders drawn from a demand', () => {
  it('depend on demand and seed alone, and a later end only adds to them', () => {
    expect(draw(60)).toEqual(draw(60));
    expect(draw(60, SEED + 1)).not.toEqual(draw(60));
    const long = draw(400).filter(({ start = 0 }) => start < 50 * MICROS_PER_DAY);
    expect(draw(60).filter(({ start = 0 }) => start < 50 * MICROS_PER_DAY)).toEqual(long);
  });

  it('come in order of arrival, each batch under a label of its own', () => {
    const orders = draw(100);
    const starts = orders.map(({ start }) => start ?? -1);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    expect(orders.filter(({ product }) => product === 'One')[0]).toMatchObject({
      id: 'P-001',
      priority: 2,
      patient: 'patient-P-001',
    });
  });

  // A Poisson count of 1 460 has a standard deviation of 38; five of them are 13 %.
  it('come at the rate that is asked for', () => {
    const count = draw(730).filter(({ product }) => product === 'One').length;
    expect(Math.abs(count / 1460 - 1)).toBeLessThan(0.13);
  });

  it('come from the clinics by their shares, with the ways of these', () => {
    const patients = draw(730).filter(({ product }) => product === 'One');
    const near = patients.filter(({ transport }) => (transport?.in ?? 0) < 10 * MICROS_PER_HOUR);
    expect(Math.abs(near.length / patients.length - 0.75)).toBeLessThan(0.06);
    for (const { transport } of near) expect(transport?.out).toBe(2 * MICROS_PER_HOUR);
    const ways = near.map(({ transport }) => (transport?.in ?? 0) / MICROS_PER_HOUR);
    expect(Math.min(...ways)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ways)).toBeLessThanOrEqual(4);
    // Mean of a triangle: a third of the sum of its corners.
    const mean = ways.reduce((a, b) => a + b, 0) / ways.length;
    expect(Math.abs(mean - 7 / 3)).toBeLessThan(0.1);
  });

  it('for stock come regularly, for nobody, without a way', () => {
    const stock = draw(30).filter(({ product }) => product === 'Other');
    expect(stock.map(({ start }) => (start ?? 0) / MICROS_PER_DAY)).toEqual([1, 8, 15, 22, 29]);
    for (const order of stock) {
      expect(order.patient).toBe('');
      expect(order.transport).toBeUndefined();
    }
  });
});

describe('a broken demand', () => {
  it.each([
    ['label: M', 'label: P', /label P is used twice/],
    ['every: 12 h', 'every: 12 ml', /use h/],
    ['share: 3', 'share: -1', />=0/],
    ['title: Two', 'titel: Two', /unknown key "titel"/],
    ['usual: 2 h, most: 4 h', 'usual: 5 h, most: 4 h', /must rise/],
  ])('%s becomes %s: is told with its line', (from, to, message) => {
    const read = loadDemand(TEXT.replace(from, to), 'two.yaml');
    const problems = 'problems' in read ? read.problems : [];
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
    expect(problems.every(({ line }) => line > 0)).toBe(true);
  });

  it('without a clinic for its patients says so', () => {
    const text = TEXT.replace(/clinics:[\s\S]*products:/, 'products:');
    const read = loadDemand(text, 'two.yaml');
    expect(JSON.stringify(read)).toMatch(/name one with a share/);
  });
});
