import type { PhaseContext } from '../phase.ts';
import { perform, PhaseFailure, read, readNumber, type Task, write } from '../task.ts';

/** Readings of a bioreactor in its declared units. */
export interface CultureReadings {
  /** [mmol/L] */
  readonly glucose: number;
  readonly lactate: number;
  /** Living cells [1e6/mL] by capacitance. */
  readonly density: number;
  /** [mL] */
  readonly volume: number;
  /** Dissolved oxygen [% of air saturation]. */
  readonly oxygen: number;
}

export interface SetPoints {
  readonly temperature: number;
  readonly ph: number;
  readonly oxygen: number;
  readonly agitation: number;
}

/** Reads what decisions on a culture need. */
export function* readCulture(reactor: string): Task<CultureReadings> {
  return {
    glucose: yield* readNumber(reactor, 'glucose'),
    lactate: yield* readNumber(reactor, 'lactate'),
    density: yield* readNumber(reactor, 'livingCellDensity'),
    volume: yield* readNumber(reactor, 'volume'),
    oxygen: yield* readNumber(reactor, 'oxygen'),
  };
}

/** Sets the set-points and starts control. */
export function* startReactor(reactor: string, set: SetPoints): Task<void> {
  yield* write(reactor, 'temperatureSetpoint', set.temperature);
  yield* write(reactor, 'phSetpoint', set.ph);
  yield* write(reactor, 'oxygenSetpoint', set.oxygen);
  yield* write(reactor, 'agitationSetpoint', set.agitation);
  yield* perform(reactor, 'start');
}

/** Sets a pump's continuous flow [mL/min]; none stops it. A pump that does not run then fails the phase. */
export function* setFlow(context: PhaseContext, role: string, flow: number): Task<void> {
  const device = context.device(role);
  const [running] = yield* read(`${device}.running`);
  if (flow < SLOWEST) {
    if (running?.value === true) yield* perform(device, 'stop');
    return;
  }
  yield* perform(device, 'run', { flow: Number(Math.min(flow, 400).toPrecision(4)) });
  const [runs] = yield* read(`${device}.running`);
  if (runs?.value === true) return;
  const message = `${device} does not run although it was told to; look at its alarms`;
  throw new PhaseFailure(device, { code: 'MALFUNCTION', message }, true);
}

/** Least flow of the pumps [mL/min]. */
const SLOWEST = 0.05;
