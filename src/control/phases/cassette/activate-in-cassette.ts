import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { quantity } from '../../recipe/quantity.ts';
import { wait, write } from '../../task.ts';
import { CARRYING, CONNECTING, connected, rounded, work } from './at-module.ts';
import { endIncubation, incubate, INCUBATING } from './incubation.ts';

/** Adds activation beads by the number of cells, and incubates. */
export const activateInCassette = definePhase({
  name: 'activateInCassette',
  title: 'Activate in the cassette',
  parameters: z.strictObject({
    cells: z.enum(['t', 'nk']).default('t'),
    beadsPerCell: z.number().min(0.1).max(20),
    /** Beads per mL of the stock. */
    stock: z.number().min(1e6).max(1e11),
    duration: quantity('h', 0.05, 96),
    temperature: quantity('Cel', 4, 40).default(37),
    slot: z.number().int().min(1).max(8).default(1),
  }),
  vesselParameters: [],
  needs: {
    ...CARRYING,
    magnet: ['addBeads'],
    magnetConnector: CONNECTING,
    incubator: INCUBATING,
    incubatorConnector: CONNECTING,
  },
  facts: ['activationBeadsMl'],
  *run(context, { cells, beadsPerCell, stock, duration, temperature, slot }) {
    const reagent = cells === 'nk' ? 'nkActivationBeads' : 'activationBeads';
    const wanted = (beadsPerCell * Number(context.fact('takenCells') ?? 0)) / stock;
    const volume = rounded(Math.min(100, Math.max(0.05, wanted)));
    yield* connected(context, 'magnet', 'process', (module) =>
      work(context, module, 'addBeads', { reagent, volume }),
    );
    yield* context.setFact('activationBeadsMl', volume);
    yield* write(context.device('incubator'), 'temperatureSetpoint', temperature);
    yield* incubate(context, slot);
    yield* wait(duration * MICROS_PER_HOUR);
    yield* endIncubation(context, slot);
  },
});
