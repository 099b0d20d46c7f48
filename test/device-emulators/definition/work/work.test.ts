import { describe, expect, it } from 'vitest';
import { defineDevice } from '../../../../src/device-emulators/definition/define-device.ts';
import type { EffectContext } from '../../../../src/device-emulators/definition/device.ts';
import { IDENTITY_POSE } from '../../../../src/kernel/pose.ts';
import { refusal } from '../../../../src/kernel/error-catalogue.ts';
import { workMachine } from '../../../../src/device-emulators/definition/work/work-machine.ts';
import {
  atRest,
  hasFault,
  progress,
  remainingTime,
  workEffects,
  type WorkState,
} from '../../../../src/device-emulators/definition/work/work.ts';
import { benchDevice, type DeviceBench } from '../../support/device-bench.ts';

interface State extends WorkState {
  heard: string[];
}
type Context = EffectContext<object, State>;

const hear = ({ state }: Context, word: string): void => {
  state.heard = [...state.heard, word];
};

const effects = workEffects<object, State>({
  plans: {
    go: () => [
      { state: 'first', seconds: 10, act: 'tell' },
      { state: 'second', seconds: 20, act: 'tell' },
    ],
    nothing: () => [],
    thrice: () => [{ state: 'first', seconds: 5, act: 'thrice' }],
    fail: () => [{ state: 'second', seconds: 5, act: 'fail' }],
  },
  acts: {
    tell: {
      begin: (ctx, { state }) => hear(ctx, `begin ${state}`),
      end: (ctx, { state }, share) => {
        hear(ctx, `end ${state} ${share}`);
        return undefined;
      },
    },
    thrice: {
      end: (ctx, _, share) => {
        hear(ctx, `again ${share}`);
        return ctx.state.heard.length < 3 && share === 1 ? 'again' : undefined;
      },
    },
    fail: { end: () => refusal('OVERFLOW', 'too much') },
    stop: {},
  },
  results: { go: () => ({ well: true }) },
  closes: ['place'],
  ended: (ctx) => hear(ctx, 'ended'),
  afterCut: (_, { state }, share) =>
    state === 'second' ? [{ state: 'stopping', seconds: 4 * share, act: 'stop' }] : [],
});

const worker = defineDevice({
  type: 'test-worker',
  title: 'Worker',
  description: 'Works in steps.',
  identity: { model: 'W', firmware: '1' },
  size: [1, 1, 1],
  config: {},
  quirks: [],
  signals: {},
  commands: Object.fromEntries(
    ['go', 'nothing', 'thrice', 'fail', 'abort'].map((name) => [
      name,
      {
        title: name,
        description: name,
        parameters: {},
        errors: ['OVERFLOW'],
        execution: name === 'abort' ? 'abort' : 'timed',
      } as const,
    ]),
  ),
  alarms: {},
  faults: { rust: { title: 'Rust', description: 'Slow.' } },
  places: () => [
    {
      name: 'place',
      title: 'Place',
      pose: IDENTITY_POSE,
      accepts: [],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [],
  machine: workMachine(['go', 'nothing', 'thrice', 'fail'], ['first', 'second', 'stopping']),
  initialState: (): State => ({ ...atRest(), heard: [] }),
  effects,
  preconditions: {},
  read: {},
  write: {},
  channels: {},
  appearance: () => ({}),
});

const state = (bench: DeviceBench): State => bench.runtime.state as unknown as State;

describe('work in steps', () => {
  it('goes through its steps, closes its places meanwhile, and tells a result', () => {
    const bench = benchDevice(worker);
    bench.give('go');
    bench.advance(4);
    expect(bench.machineState).toBe('first');
    expect(bench.plant.port.isPlaceOpen('place')).toBe(false);
    expect(remainingTime(state(bench), bench.now())).toBeCloseTo(26, 9);
    expect(progress(state(bench), bench.now())).toBeCloseTo(4 / 30, 9);
    bench.advance(26);
    expect(bench.operation).toMatchObject({ state: 'completed', result: { well: true } });
    expect(bench.plant.port.isPlaceOpen('place')).toBe(true);
    expect(state(bench).heard).toEqual([
      'begin first',
      'end first 1',
      'begin second',
      'end second 1',
      'ended',
    ]);
    expect(progress(state(bench), bench.now())).toBe(0);
  });

  it('is done at once when there is nothing to do, and does a step as often as it asks', () => {
    const bench = benchDevice(worker);
    expect(bench.run('nothing')).toBe('completed');
    expect(bench.now()).toBe(0);
    bench.advance(0);
    bench.plant.port.setPlaceOpen('place', true);
    expect(bench.run('thrice')).toBe('completed');
    expect(bench.now()).toBe(10e6);
  });

  it('an abort ends the step in its share, and is followed by what has to follow', () => {
    const bench = benchDevice(worker);
    bench.give('go');
    bench.advance(20);
    bench.give('abort');
    expect(bench.operation.state).toBe('aborted');
    expect(state(bench).heard.at(-1)).toBe('end second 0.5');
    bench.advance(1);
    expect(bench.machineState).toBe('stopping');
    expect(bench.plant.port.isPlaceOpen('place')).toBe(false);
    expect(bench.give('go')).toBe('WRONG_STATE');
    bench.advance(1);
    expect(bench.machineState).toBe('idle');
    expect(bench.operation.state).toBe('aborted');
  });

  it('a step that cannot go on fails the command', () => {
    const bench = benchDevice(worker);
    expect(bench.run('fail')).toBe('failed');
    expect(bench.operation).toMatchObject({ error: 'OVERFLOW', message: 'too much' });
    bench.advance(4);
    expect(bench.machineState).toBe('idle');
  });

  it('breakdown and loss of power at one instant stop it once, and it works again', () => {
    const bench = benchDevice(worker);
    bench.give('go');
    bench.advance(15);
    bench.runtime.dispatch({ type: 'power.lost' });
    bench.runtime.setFault('breakdown', true);
    expect(state(bench).unpowered).toBe(true);
    bench.advance(60);
    bench.runtime.setFault('breakdown', false);
    bench.runtime.dispatch({ type: 'power.on' });
    expect(bench.machineState).toBe('idle');
    expect(bench.plant.port.isPlaceOpen('place')).toBe(true);
    expect(bench.run('go')).toBe('completed');
  });

  it('remembers faults until they end', () => {
    const bench = benchDevice(worker);
    bench.runtime.setFault('rust', true);
    bench.runtime.setFault('breakdown', true);
    bench.runtime.setFault('rust', false);
    expect(hasFault(state(bench), 'rust')).toBe(false);
    expect(hasFault(state(bench), 'breakdown')).toBe(true);
  });
});
