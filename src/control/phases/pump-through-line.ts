import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { millilitres, quantity } from '../recipe/quantity.ts';
import { HANDLING_NEEDS } from './handling.ts';
import { pump, pumpAtLock, seal, weld } from './line.ts';

/** Through a lock the vessel stands under its nozzle and gives (`out`) or takes (`in`) the liquid. */
export const pumpThroughLine = definePhase({
  name: 'pumpThroughLine',
  title: 'Pump through a line',
  parameters: z.strictObject({
    pump: z.string(),
    line: z.string(),
    /** Role of the welder that reaches the line. */
    welder: z.string().default('welder'),
    lock: z.string().optional(),
    vessel: z.string().optional(),
    direction: z.enum(['in', 'out']).default('in'),
    volume: millilitres(0.1, 20_000),
    flow: quantity('mL/min', 0.05, 400).default(50),
    untilEmpty: z.boolean().default(false),
    sealAfter: z.boolean().default(true),
  }),
  vesselParameters: ['vessel'],
  roleParameters: {
    pump: ['dispense'],
    welder: ['weld', 'seal'],
    lock: ['openValve', 'closeValve'],
  },
  needs: HANDLING_NEEDS,
  facts: ['pumped'],
  *run(context, { line, welder, lock, vessel, direction, sealAfter, ...parameters }) {
    yield* weld(context, line, welder);
    const { pump: role, ...how } = parameters;
    let moved: number;
    if (lock === undefined || vessel === undefined) moved = yield* pump(context, role, how);
    else {
      const name = context.vessel(vessel);
      moved = yield* pumpAtLock(context, name, lock, role, how);
      const before = Number(context.fact(`volume of ${name}`) ?? 0);
      const after = Math.max(0, direction === 'in' ? before + moved : before - moved);
      yield* context.setFact(`volume of ${name}`, Number(after.toFixed(2)));
    }
    if (sealAfter) yield* seal(context, line, welder);
    yield* context.setFact('pumped', moved);
  },
});
