import { type ErrorCode, type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { Micros } from '../../../kernel/time.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import { pumpMachine } from './machine.ts';

interface PumpState {
  /** Present flow [m3/s], 0 at rest. */
  flow: number;
  since: Micros;
  /** Moved before `since` [m3]. */
  moved: number;
  /** Moved before the present dispense [m3]. */
  movedBefore: number;
  untilEmpty: boolean;
}

interface Config {
  readonly line: string;
  readonly volumePerRevolution: number;
}

type Context = EffectContext<Config, PumpState>;

/** Volume moved since the twin began [m3]. */
function totalVolume({
  state,
  now,
}: Pick<ReadContext<Config, PumpState>, 'state' | 'now'>): number {
  return state.moved + (state.flow * (now - state.since)) / 1e6;
}

function setFlow(ctx: Context, flow: number): void {
  ctx.state.moved = totalVolume(ctx);
  ctx.state.since = ctx.now;
  ctx.state.flow = flow;
}

/** Share of what its rollers count that a worn tube really moves; assumed. */
const WORN = 0.6;

function start(ctx: Context, flow: number, volume: number | undefined): void {
  if (ctx.hasFault('occlusion')) {
    ctx.raise({ type: 'occluded' });
    return;
  }
  const share = ctx.hasFault('wornTube') ? WORN : 1;
  const moved = volume === undefined ? undefined : share * volume;
  const started = ctx.plant.startFlow(ctx.config.line, share * flow, moved);
  if (started.ok) setFlow(ctx, flow);
  else ctx.raise({ type: 'flow.refused', ...started.error });
}

/** Volume moved by the present dispense, in ml for the result. */
function dispensedMillilitres(ctx: Context): number {
  return Number(fromSi(totalVolume(ctx) - ctx.state.movedBefore, 'mL').toPrecision(6));
}

/** Peristaltic pump on one line of tubing. */
export const peristalticPump = defineDevice({
  type: 'peristaltic-pump',
  title: 'Peristaltic pump',
  description: 'Pump head on a line of tubing; meters volumes and runs continuously.',
  identity: { model: 'Roller 6', firmware: '1.8.2' },
  size: [0.16, 0.2, 0.18],
  config: {
    line: { type: 'reference', to: 'line', title: 'Line of tubing' },
    volumePerRevolution: {
      type: 'quantity',
      title: 'Volume per revolution',
      unit: 'mL',
      min: 0.01,
      max: 20,
      default: 0.9,
      fidelity: 'assumed',
    },
  },
  quirks: ['The volume shown is that of the rollers; with air in the tube less liquid arrives.'],
  signals: {
    flow: {
      kind: 'number',
      title: 'Flow',
      direction: 'output',
      unit: 'mL/min',
      range: [0, 500],
      resolution: 0.001,
      fidelity: 'assumed',
    },
    speed: {
      kind: 'number',
      title: 'Rotor speed',
      direction: 'output',
      unit: '/min',
      range: [0, 600],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    totalVolume: {
      kind: 'number',
      title: 'Moved volume',
      direction: 'output',
      unit: 'mL',
      range: [0, 1e6],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    running: { kind: 'boolean', title: 'Running', direction: 'output' },
  },
  commands: {
    dispense: {
      title: 'Dispense',
      description: 'Moves a volume and stops.',
      execution: 'timed',
      errors: [
        'NOT_CONNECTED',
        'INTERLOCK',
        'NO_VESSEL',
        'INSUFFICIENT_VOLUME',
        'MALFUNCTION',
        'ABORTED',
      ],
      parameters: {
        volume: {
          type: 'quantity',
          title: 'Volume',
          unit: 'mL',
          min: 0.1,
          max: 20_000,
          fidelity: 'exact',
        },
        flow: {
          type: 'quantity',
          title: 'Flow',
          unit: 'mL/min',
          min: 0.05,
          max: 400,
          default: 50,
          fidelity: 'exact',
        },
        untilEmpty: { type: 'flag', title: 'Running dry is a good end', default: false },
      },
    },
    run: {
      title: 'Run',
      description: 'Runs until stopped.',
      execution: 'instant',
      errors: ['NOT_CONNECTED', 'INTERLOCK', 'NO_VESSEL'],
      parameters: {
        flow: {
          type: 'quantity',
          title: 'Flow',
          unit: 'mL/min',
          min: 0.05,
          max: 400,
          fidelity: 'exact',
        },
      },
    },
    stop: {
      title: 'Stop',
      description: 'Ends a run.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    abort: {
      title: 'Abort',
      description: 'Ends a dispense.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    dry: {
      title: 'Ran dry',
      priority: 'high',
      latching: false,
      cause: 'The source is empty or the line was taken away.',
      action: 'Change the source and start again.',
    },
    occlusion: {
      title: 'Tube occluded',
      priority: 'high',
      latching: false,
      cause: 'The pressure in the tube rose until the drive was switched off.',
      action: 'Free the tube, then start again.',
    },
  },
  faults: {
    occlusion: {
      title: 'Tube clogged',
      description: 'Nothing passes the line: the drive is switched off by the pressure.',
    },
    wornTube: {
      title: 'Tube worn',
      description: 'Six tenths of what the rollers count are moved.',
    },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [],
  machine: pumpMachine,
  initialState: (): PumpState => ({
    flow: 0,
    since: 0,
    moved: 0,
    movedBefore: 0,
    untilEmpty: false,
  }),
  effects: {
    startDispensing: (ctx, event: { volume: number; flow: number; untilEmpty: boolean }) => {
      ctx.setAlarm('dry', false);
      ctx.state.untilEmpty = event.untilEmpty;
      ctx.state.movedBefore = totalVolume(ctx);
      start(ctx, event.flow, event.volume);
    },
    startRunning: (ctx, event: { flow: number }) => {
      ctx.setAlarm('dry', false);
      start(ctx, event.flow, undefined);
    },
    dispensed: (ctx) => {
      setFlow(ctx, 0);
      ctx.complete({ volume: dispensedMillilitres(ctx) });
    },
    ranDry: (ctx) => {
      setFlow(ctx, 0);
      const volume = dispensedMillilitres(ctx);
      if (ctx.state.untilEmpty) ctx.complete({ volume });
      else ctx.fail('INSUFFICIENT_VOLUME', `${ctx.id} ran dry after ${volume} mL`);
    },
    refused: (ctx, event: { code: ErrorCode; message: string }) =>
      ctx.fail(event.code, event.message),
    dryWhileRunning: (ctx) => {
      setFlow(ctx, 0);
      ctx.setAlarm('dry', true, `line ${ctx.config.line}`);
    },
    occluded: (ctx) => {
      setFlow(ctx, 0);
      ctx.setAlarm('occlusion', true, `line ${ctx.config.line}`);
      ctx.fail('MALFUNCTION', `line ${ctx.config.line} is clogged; free the tube`);
    },
    occludedWhileRunning: (ctx) => {
      setFlow(ctx, 0);
      ctx.setAlarm('occlusion', true, `line ${ctx.config.line}`);
    },
    cleared: (ctx) => ctx.setAlarm('occlusion', false),
    wearChanged: (ctx) => start(ctx, ctx.state.flow, undefined),
    stopFlow: (ctx) => {
      ctx.plant.stopFlow(ctx.config.line);
      setFlow(ctx, 0);
    },
  },
  preconditions: {
    dispense: ({ config, plant }) => checkLine(config.line, plant),
    run: ({ config, plant }) => checkLine(config.line, plant),
  },
  read: {
    flow: ({ state }) => state.flow,
    speed: ({ state, config }) => (2 * Math.PI * state.flow) / config.volumePerRevolution,
    totalVolume,
    running: ({ state }) => state.flow > 0,
  },
  write: {},
  channels: {
    speed: ({ state, config }) => (2 * Math.PI * state.flow) / config.volumePerRevolution,
  },
  appearance: ({ line }) => ({ line }),
});

function checkLine(name: string, plant: PlantReader): Refusal | undefined {
  const line = plant.line(name);
  if (line?.connected !== true) {
    return refusal('NOT_CONNECTED', `line ${name} is not connected; weld it first`);
  }
  return line.shut ? refusal('INTERLOCK', `a valve in line ${name} is shut; open it`) : undefined;
}
