import { closeSync, openSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import packageJson from '../../../package.json' with { type: 'json' };
import { MICROS_PER_HOUR, type Micros } from '../../kernel/time.ts';
import { fingerprintOf } from '../../twin/fingerprint.ts';
import type { Twin } from '../../twin/twin.ts';
import { writePlain } from '../snapshots/plain-text.ts';
import { FORMAT } from './recording-file.ts';

/** Simulated time between two looks at the state. */
const CHECK_EVERY = 6 * MICROS_PER_HOUR;

/** Longest stretch of wall clock of which a killed process leaves no trace [ms]. */
const TRACE_MS = 1000;

interface Recorded {
  readonly sceneFile: string;
  readonly sceneText: string;
}

/**
 * Writes what happens to a twin from its beginning: each command as a line, and the state now and then.
 * Lines are handed to the system at once, so a killed process loses none that was written.
 */
export class Recorder {
  private readonly twin: Twin;
  private readonly file: number;
  private written = 0;
  private nextCheck: Micros = CHECK_EVERY;
  private time: Micros = 0;
  /** Wall clock at the latest line [ms]. */
  private lastLine = Number.NEGATIVE_INFINITY;

  constructor(path: string, twin: Twin, { sceneFile, sceneText }: Recorded) {
    this.twin = twin;
    this.file = openSync(path, 'w');
    const { seed } = twin;
    this.write({ doppel: packageJson.version, format: FORMAT, sceneFile, sceneText, seed });
  }

  /** Takes in what has happened; to be called whenever commands were given or time has passed. */
  follow(): void {
    const { log, now } = this.twin;
    for (; this.written < log.length; this.written++) this.write(log[this.written]);
    if (now < this.nextCheck) {
      const isDue = now > this.time && performance.now() - this.lastLine >= TRACE_MS;
      if (isDue) this.write({ until: now });
      return;
    }
    this.nextCheck = now + CHECK_EVERY;
    this.check();
  }

  /** Writes the last state and ends the file. */
  close(): void {
    this.follow();
    this.check();
    closeSync(this.file);
  }

  private check(): void {
    const { twin } = this;
    const fingerprint = fingerprintOf(twin.save());
    const hash = twin.stateHash();
    this.write({ check: twin.now, commands: twin.log.length, hash, fingerprint });
  }

  private write(line: unknown): void {
    this.time = this.twin.now;
    this.lastLine = performance.now();
    writeSync(this.file, `${writePlain(line)}\n`);
  }
}
