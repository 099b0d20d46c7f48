import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/kernel/error-catalogue.ts';
import { MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import { dumpFailure } from '../../src/main/failure-dump.ts';
import type { TwinFailure } from '../../src/twin/failure.ts';
import { testTwin } from '../twin/support/test-plant.ts';

const folder = mkdtempSync(join(tmpdir(), 'doppel-dump-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a broken invariant', () => {
  it('leaves a file, named in the message, with all that is needed to get there again', () => {
    const twin = testTwin(7);
    const command = {
      kind: 'invoke',
      client: 'test',
      sequence: 0,
      device: 'kettle-1',
      command: 'openLid',
      parameters: {},
    } as const;
    twin.advanceTo(MICROS_PER_SECOND);
    twin.execute(command);
    twin.execute(command);
    const intoAnother = (): void =>
      twin.plant.move(
        twin.plant.vessel('bottle-2'),
        { at: 'place', place: 'kettle-1.slot' },
        twin.now,
      );
    let cause: unknown;
    try {
      intoAnother();
    } catch (error) {
      cause = error;
    }
    expect(cause).toBeInstanceOf(InvariantError);
    const { message } = dumpFailure(twin, cause, folder);
    expect(message).toMatch(/already holds bottle-1; the session is paused at 2026-01-05T06:00:01/);
    const file = / are in (\S+)$/.exec(message)?.[1] ?? '';
    const dump = JSON.parse(readFileSync(file, 'utf8')) as TwinFailure;
    expect(dump).toMatchObject({
      scene: 'kettles',
      seed: 7,
      time: MICROS_PER_SECOND,
      error: { name: 'InvariantError' },
      stateHash: twin.stateHash(),
      commandCount: 2,
      lastCommands: [
        { time: MICROS_PER_SECOND, command, refused: '' },
        { time: MICROS_PER_SECOND, command, refused: 'BUSY' },
      ],
    });
  });

  it('is reported also where nothing can be written', () => {
    const { message } = dumpFailure(testTwin(), new Error('odd'), join(folder, 'missing', 'deep'));
    expect(message).toMatch(/^odd; .*no dump could be written/);
  });
});
