import { describe, expect, it } from 'vitest';
import { type CheckText, parseCheck, type Verdict } from '../../src/kernel/check.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { PlantCommand } from '../../src/kernel/plant-contract.ts';
import { Trial } from '../../src/main/twin-thread/trial.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { EXPANSION_SUITE, expansionSuite } from './support/expansion-suite.ts';

const SEED = 1;

const plant = (): Twin => expansionSuite(SEED);

type Act = (give: (command: Given) => void, advance: (to: number) => void) => void;
type Distributed<T> = T extends unknown ? Omit<T, 'client' | 'sequence'> : never;
type Given = Distributed<PlantCommand>;

const lid = (command: 'openLid' | 'closeLid'): Given => {
  return { kind: 'invoke', device: 'centrifuge-1', command, parameters: {} };
};
const show = (value: number | null): Given => {
  return { kind: 'force', device: 'bioreactor-1', signal: 'ph', value };
};
const breakdown = (active: boolean): Given => {
  return { kind: 'fault', device: 'pump-feed', fault: 'breakdown', active };
};
const acknowledge: Given = {
  kind: 'acknowledge',
  device: 'pump-feed',
  alarm: 'breakdown',
  comment: '',
};

/** Verdict of one check over what is done to the plant. */
function verdictOf(text: CheckText, act: Act, isOver = true): Verdict | undefined {
  const twin = plant();
  const trial = new Trial(twin, { sceneFile: '', sceneText: EXPANSION_SUITE, seed: SEED }, {});
  const check = parseCheck('it', text, twin.describe());
  if (!check.ok) throw new Error(check.error.message);
  trial.history.checks.add(check.value);
  let sequence = 0;
  act(
    (command) => {
      trial.history.execute({ ...command, client: 'test', sequence: sequence++ });
    },
    (to) => trial.history.advanceTo(to),
  );
  return trial.findings(isOver).verdicts[0];
}

const S = MICROS_PER_SECOND;
const M = MICROS_PER_MINUTE;

describe('a bound', () => {
  const text: CheckText = { always: 'bioreactor-1.ph > 5', for: '1 min' };

  it('holds while the signal stays within it, and for less than the tolerance outside', () => {
    expect(
      verdictOf(text, (give, advance) => {
        advance(M);
        give(show(4));
        advance(M + 59 * S);
        give(show(null));
        advance(MICROS_PER_HOUR);
      }),
    ).toMatchObject({ state: 'held' });
  });

  it('fails at the very end of the tolerance', () => {
    expect(
      verdictOf(text, (give, advance) => {
        advance(M);
        give(show(4));
        advance(MICROS_PER_HOUR);
      }),
    ).toMatchObject({
      state: 'failed',
      time: 2 * M,
      cause: 'it did not hold for longer than 60 s',
    });
  });

  it('without tolerance fails at the instant; of what is forbidden, when it holds', () => {
    const act: Act = (give, advance) => {
      advance(90 * S);
      give(show(4));
      advance(2 * M);
    };
    expect(verdictOf({ always: 'bioreactor-1.ph > 5' }, act)).toMatchObject({ time: 90 * S });
    const never: CheckText = { never: 'event signal.forced bioreactor-1' };
    expect(verdictOf(never, act)).toMatchObject({ state: 'failed', time: 90 * S });
  });

  it('counts only while it shall, and is idle when that never was', () => {
    const bound: CheckText = { never: 'alarm pump-feed', while: 'centrifuge-1.lid == open' };
    const act: Act = (give, advance) => {
      give(breakdown(true));
      advance(M);
      give(breakdown(false));
    };
    expect(verdictOf(bound, act)).toMatchObject({ state: 'failed', cause: expect.any(String) });
    expect(verdictOf({ ...bound, optional: true }, act)).toMatchObject({ state: 'idle' });
    expect(
      verdictOf(bound, (give, advance) => {
        give(breakdown(true));
        give(lid('openLid'));
        advance(M);
      }),
    ).toMatchObject({ state: 'failed', cause: 'it held' });
  });
});

describe('an answer within a time', () => {
  const text: CheckText = {
    when: 'alarm pump-feed.breakdown',
    // biome-ignore lint/suspicious/noThenProperty: the word that people write.
    then: 'alarm pump-feed.breakdown acknowledged',
    within: '60 s',
  };

  it('holds when it comes in time, each time', () => {
    expect(
      verdictOf(text, (give, advance) => {
        for (const start of [10 * M, 20 * M]) {
          advance(start);
          give(breakdown(true));
          advance(start + 59 * S);
          give(acknowledge);
          give(breakdown(false));
        }
        advance(MICROS_PER_HOUR);
      }),
    ).toMatchObject({ state: 'held' });
  });

  it('fails at its deadline when it does not, the second time too', () => {
    expect(
      verdictOf(text, (give, advance) => {
        give(breakdown(true));
        give(acknowledge);
        give(breakdown(false));
        advance(10 * M);
        give(breakdown(true));
        advance(MICROS_PER_HOUR);
      }),
    ).toMatchObject({ state: 'failed', time: 11 * M, cause: 'no answer within 60 s' });
  });

  it('has failed when it never was asked for', () => {
    const act: Act = (_give, advance) => advance(M);
    expect(verdictOf(text, act)).toMatchObject({ state: 'failed' });
    expect(verdictOf(text, act, false)).toMatchObject({ state: 'idle' });
  });
});

describe('a goal', () => {
  const text: CheckText = { eventually: 'centrifuge-1.lid == open' };
  const opens: Act = (give, advance) => {
    advance(10 * M);
    give(lid('openLid'));
    advance(20 * M);
  };
  const nothing: Act = (_give, advance) => advance(20 * M);

  it('is met before the end, or by its time', () => {
    expect(verdictOf(text, opens)).toMatchObject({ state: 'held' });
    expect(verdictOf({ ...text, by: '11 min' }, opens)).toMatchObject({ state: 'held' });
    expect(verdictOf({ ...text, by: '10 min' }, opens)).toMatchObject({
      state: 'failed',
      time: 10 * M + 1,
    });
    expect(verdictOf(text, nothing)).toMatchObject({ state: 'failed', time: 20 * M });
  });

  it('at the end holds at the end', () => {
    const last: CheckText = { finally: 'centrifuge-1.lid == closed' };
    expect(verdictOf(last, nothing)).toMatchObject({ state: 'held' });
    expect(verdictOf(last, opens)).toMatchObject({ state: 'failed' });
  });
});

describe('an order', () => {
  const text: CheckText = {
    order: ['event fault.began pump-feed', 'alarm pump-feed acknowledged', 'event fault.ended'],
  };
  const acts = [breakdown(true), acknowledge, breakdown(false)];
  const inOrder =
    (order: readonly number[]): Act =>
    (give, advance) => {
      for (const [i, number] of order.entries()) {
        advance((i + 1) * M);
        const act = acts[number];
        if (act !== undefined) give(act);
      }
      advance(MICROS_PER_HOUR);
    };

  it('holds when all come in turn', () => {
    expect(verdictOf(text, inOrder([0, 1, 2]))).toMatchObject({ state: 'held' });
  });

  it('fails when one comes early, or never', () => {
    expect(verdictOf(text, inOrder([0, 2, 1]))).toMatchObject({
      time: 2 * M,
      cause: 'number 3 came before number 2',
    });
    expect(verdictOf(text, inOrder([0, 1]))).toMatchObject({ cause: 'number 3 never came' });
  });
});

describe('checks', () => {
  it('change nothing in the twin', () => {
    const [plain, watched] = [plant(), plant()];
    const trial = new Trial(watched, { sceneFile: '', sceneText: EXPANSION_SUITE, seed: SEED }, {});
    const text = { always: 'bioreactor-1.temperature > 0', every: '1 s' };
    const check = parseCheck('it', text, watched.describe());
    if (check.ok) trial.history.checks.add(check.value);
    plain.advanceTo(MICROS_PER_HOUR);
    trial.history.advanceTo(MICROS_PER_HOUR);
    expect(watched.stateHash()).toBe(plain.stateHash());
  });

  it.each<[CheckText | string, string]>([
    ['always', 'is no record of always'],
    [{ always: 7 } as never, 'is no record of always'],
    [{}, 'say exactly one of'],
    [{ always: 'alarm', never: 'alarm' }, 'say exactly one of'],
    [{ always: 'alarm', within: '5 s' }, '"within" does not go with "always"'],
    // biome-ignore lint/suspicious/noThenProperty: the word that people write.
    [{ then: 'alarm', within: '5 s' }, '"when"'],
    [{ always: 'pump-feed.speeed > 1' }, 'pump-feed has no signal speeed'],
    [{ always: 'alarm', for: 'long' }, '"for": "long" is no duration'],
    [{ order: ['alarm'] }, 'at least two conditions'],
  ])('that are wrong are refused with the reason: %j', (text, reason) => {
    const parsed = parseCheck('it', text, plant().describe());
    expect(parsed).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    expect(!parsed.ok && parsed.error.message).toContain(reason);
  });
});
