import type { PlanState, PlantEvent } from '../../kernel/plant-contract.ts';
import type { CaseProblem } from './case.ts';

/** Name under which planned commands are given. */
const PLANNER = 'plan';

/** Disturbances that their devices refused: the case is not what it says. */
export function refusedDisturbance(events: readonly PlantEvent[]): readonly CaseProblem[] {
  return events.flatMap((event) => {
    if (event.type !== 'device.command.refused' || event.client !== PLANNER) return [];
    const { device, command, code, message, time } = event;
    return [{ name: 'disturbance', cause: `${device}: ${command}: ${code}: ${message}`, time }];
  });
}

/** Disturbances that never came to be. */
export function undoneDisturbances(plans: readonly PlanState[]): readonly CaseProblem[] {
  return plans
    .filter(({ when }) => when !== undefined)
    .map(({ command, when = '' }) => ({
      name: 'disturbance',
      cause: `${command.device}: it never happened, as "${when}" never held`,
    }));
}
