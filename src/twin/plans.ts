import type { Condition } from '../kernel/condition.ts';
import type { PlannedCommand, PlanState, PlantEvent } from '../kernel/plant-contract.ts';
import type { Refusal } from '../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Micros } from '../kernel/time.ts';
import { problemOf } from './commands.ts';
import type { StopRule, Twin } from './twin.ts';
import { Watch } from './watch.ts';

/** When something planned is done: at a time, or at the first instant at which a condition holds. */
export type Occasion =
  | { readonly at: Micros }
  | { readonly when: Condition; readonly text: string };

interface Plan {
  readonly id: number;
  readonly command: PlannedCommand;
  readonly occasion: Occasion;
  readonly watch: Watch | undefined;
  /** How long it lasts; for good when absent. */
  readonly lasts: Micros | undefined;
  readonly made: Micros;
  done: Micros | undefined;
  cancelled: Micros | undefined;
}

/** Name under which planned commands are recorded. */
const CLIENT = 'plan';

/**
 * What somebody has planned: faults, forces, acts of people. Each is carried out as a command of the instant, so that the command
 * log has it and a replay needs no plans. What is told here of the past is kept, so that a twin that goes back has
 * its plans before it again.
 */
export class Plans implements StopRule {
  private readonly twin: Twin;
  private readonly plans: Plan[] = [];
  private nextId = 1;
  private sequence = 0;
  private readonly due = new Set<Plan>();

  constructor(twin: Twin) {
    this.twin = twin;
  }

  /**
   * Plans a command and, if it does not last for good, its end. Answers its number; what the plant has nothing
   * of is refused at once.
   */
  add(command: PlannedCommand, occasion: Occasion, lasts?: Micros): Result<number, Refusal> {
    const problem = problemOf(this.twin.devices, command);
    if (problem !== undefined) return err(problem);
    const id = this.nextId++;
    const watch = 'when' in occasion ? new Watch(this.twin, occasion.when) : undefined;
    const made = this.twin.now;
    this.plans.push({
      ...{ id, command, occasion, watch, lasts, made },
      ...{ done: undefined, cancelled: undefined },
    });
    return ok(id);
  }

  /** Gives up a plan that has not been carried out; false when there is none. */
  cancel(id: number): boolean {
    const plan = this.pending().find((other) => other.id === id);
    if (plan === undefined) return false;
    plan.cancelled = this.twin.now;
    return true;
  }

  /** What is still to come, in the order in which it was planned. */
  list(): readonly PlanState[] {
    return this.pending().map(({ id, command, occasion, lasts }) => ({
      id,
      command,
      ...('at' in occasion ? { at: occasion.at } : { when: occasion.text }),
      ...(lasts === undefined ? {} : { lasts }),
    }));
  }

  /** The twin stands at an earlier time: what was planned or carried out later is not yet. */
  goBack(t: Micros): void {
    const known = this.plans.filter(({ made }) => made <= t);
    this.plans.splice(0, this.plans.length, ...known);
    for (const plan of this.plans) {
      if ((plan.done ?? 0) > t) plan.done = undefined;
      if ((plan.cancelled ?? 0) > t) plan.cancelled = undefined;
    }
    this.due.clear();
  }

  nextLook(t: Micros): Micros {
    let next = Number.POSITIVE_INFINITY;
    for (const { occasion, watch } of this.pending()) {
      const look = 'at' in occasion ? Math.max(occasion.at, t + 1) : watch?.nextLook(t);
      next = Math.min(next, look ?? next);
    }
    return next;
  }

  /** Takes note of what is due at this instant. */
  isMet(events: readonly PlantEvent[], isDue: boolean): boolean {
    for (const plan of this.pending()) {
      const { occasion, watch } = plan;
      const isNow =
        'at' in occasion ? occasion.at <= this.twin.now : watch?.isMet(events, isDue) === true;
      if (isNow) this.due.add(plan);
    }
    return this.due.size > 0;
  }

  /** Carries out what is due; what is refused by its device is told by an event, as for every client. */
  carryOut(): void {
    for (const plan of this.due) {
      plan.done = this.twin.now;
      this.twin.execute({ ...plan.command, client: CLIENT, sequence: this.sequence++ });
      const end = plan.lasts === undefined ? undefined : endOf(plan.command);
      if (end !== undefined) this.add(end, { at: this.twin.now + (plan.lasts ?? 0) });
    }
    this.due.clear();
  }

  private pending(): readonly Plan[] {
    return this.plans.filter(
      ({ done, cancelled }) => done === undefined && cancelled === undefined,
    );
  }
}

/** The command that ends what another began; acts of people have no end. */
export function endOf(command: PlannedCommand): PlannedCommand | undefined {
  if (command.kind === 'fault') return { ...command, active: !command.active };
  return command.kind === 'force' ? { ...command, value: null } : undefined;
}
