import type { Dimension } from '../../../kernel/units.ts';

/** What dimensions are made of; counted things are bases of their own, as in the table of units. */
export const BASES = [
  'length',
  'mass',
  'time',
  'temperature',
  'amount',
  'angle',
  'cells',
  'particles',
  'activity',
  'transducing units',
  'current',
  'ph',
] as const;
type Base = (typeof BASES)[number];

/** Powers of the bases, those that are absent being 0. */
export const DIMENSIONS: Readonly<Record<Dimension, Readonly<Partial<Record<Base, number>>>>> = {
  number: {},
  length: { length: 1 },
  area: { length: 2 },
  volume: { length: 3 },
  mass: { mass: 1 },
  time: { time: 1 },
  rate: { time: -1 },
  frequency: { time: -1 },
  speed: { length: 1, time: -1 },
  angle: { angle: 1 },
  'angular-speed': { angle: 1, time: -1 },
  acceleration: { length: 1, time: -2 },
  temperature: { temperature: 1 },
  'temperature-rate': { temperature: 1, time: -1 },
  pressure: { mass: 1, length: -1, time: -2 },
  flow: { length: 3, time: -1 },
  amount: { amount: 1 },
  concentration: { amount: 1, length: -3 },
  'mass-concentration': { mass: 1, length: -3 },
  'cell-concentration': { cells: 1, length: -3 },
  'particle-concentration': { particles: 1, length: -3 },
  'activity-concentration': { activity: 1, length: -3 },
  'transducing-concentration': { 'transducing units': 1, length: -3 },
  cells: { cells: 1 },
  power: { mass: 1, length: 2, time: -3 },
  'volumetric-power': { mass: 1, length: -1, time: -3 },
  force: { mass: 1, length: 1, time: -2 },
  voltage: { mass: 1, length: 2, time: -3, current: -1 },
  conductance: { mass: 1, length: 2, time: -3, temperature: -1 },
  ph: { ph: 1 },
};
