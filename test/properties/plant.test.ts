import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import type { Twin } from '../../src/twin/twin.ts';
import type { LoggedCommand } from '../../src/twin/twin-state.ts';
import { commandOf, draws, type Draw } from './support/random-commands.ts';

const SEED = 20_261_125;
const RUNS = 10;
const COMMANDS = 250;
const SPAN = 3 * MICROS_PER_HOUR;
const END = SPAN + MICROS_PER_HOUR;

const PATH = fileURLToPath(new URL('../../scenes/enclosed-plant.yaml', import.meta.url));
const loaded = parseScene(readFileSync(PATH, 'utf8'), PATH);
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { scene } = loaded;

/** Runs random commands to their log; counts those that were accepted. */
function play(plan: readonly Draw[]): { readonly twin: Twin; readonly accepted: number } {
  const twin = buildTwin(scene, 1);
  plan.forEach((draw, i) => {
    twin.advanceTo(draw.at);
    twin.execute(commandOf(twin, draw, i));
  });
  twin.advanceTo(END);
  return { twin, accepted: twin.log.filter(({ refused }) => refused === '').length };
}

/** Replays a log, stopping every `stride` ticks to do something. */
function replay(log: readonly LoggedCommand[], stride: number, look: (twin: Twin) => void): Twin {
  const twin = buildTwin(scene, 1);
  const until = (end: number): void => {
    for (let t = twin.now + stride; t < end; t += stride) {
      twin.advanceTo(t);
      look(twin);
    }
    twin.advanceTo(end);
  };
  for (const { time, command, refused } of log) {
    until(time);
    const outcome = twin.execute(command);
    expect(outcome.ok ? '' : outcome.error.code).toBe(refused);
  }
  until(END);
  return twin;
}

function readSome(twin: Twin, from: number): void {
  [...twin.devices.values()].forEach(({ id, device }, i) => {
    if (i % 3 !== from % 3) return;
    for (const name of Object.keys(device.definition.signals)) twin.read(id, name);
  });
}

const seeded = { seed: SEED, numRuns: RUNS };

describe(`the enclosed plant under random commands (seed ${SEED})`, () => {
  it('keeps amounts, and its log leads to the same state at any stride and with any reader', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(), (commandSeed) => {
        const first = play(draws(commandSeed, SPAN, COMMANDS));
        accepted += first.accepted;
        const { twin } = first;
        expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-9);
        const hash = twin.stateHash();
        expect(replay(twin.log, END, () => undefined).stateHash()).toBe(hash);
        let looks = 0;
        const reader = (reading: Twin): void => readSome(reading, looks++);
        expect(replay(twin.log, 7.3 * MICROS_PER_MINUTE, reader).stateHash()).toBe(hash);
      }),
      seeded,
    );
    // Commands that are all refused would show nothing.
    expect(accepted).toBeGreaterThan(50 * RUNS);
  });
});
