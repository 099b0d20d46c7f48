import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { quantity } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, HANDLING_NEEDS } from './handling.ts';

/** Incubates the cells with antibodies on magnetic beads, dosed by the number of cells taken. */
export const activate = definePhase({
  name: 'activate',
  title: 'Activate',
  parameters: z.strictObject({
    vessel: z.string(),
    beadsPerCell: z.number().min(0.1).max(20),
    /** Beads per mL of the separator's stock. */
    stock: z.number().min(1e6).max(1e11),
    duration: quantity('h', 0.05, 240),
    temperature: quantity('Cel', 4, 40).default(37),
  }),
  vesselParameters: ['vessel'],
  needs: { ...HANDLING_NEEDS, separator: ['activate'] },
  facts: ['activationBeadsMl'],
  *run(context, { vessel, beadsPerCell, stock, duration, temperature }) {
    const separator = context.device('separator');
    const target = context.vessel(vessel);
    const cells = Number(context.fact('takenCells') ?? 0);
    const wanted = (beadsPerCell * cells) / stock;
    const beads = Number(Math.min(100, Math.max(0.1, wanted)).toFixed(2));
    yield* bringOpen(context, target, `${separator}.target`);
    yield* context.setFact('activationBeadsMl', beads);
    const { volume } = yield* perform(
      separator,
      'activate',
      { beads, duration, temperature },
      (duration + 1) * 3600e6,
    );
    yield* context.setFact(`volume of ${target}`, Number(volume ?? 0));
  },
});
