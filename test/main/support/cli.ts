import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../bin/doppel.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A `doppel` process and what it has written. */
export class Cli {
  stdout = '';
  stderr = '';
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  private readonly watchers = new Set<() => void>();

  constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [BIN, ...args], { cwd: ROOT });
    this.process.stdout?.on('data', (data: Buffer) => {
      this.stdout += data.toString();
      for (const watch of this.watchers) watch();
    });
    this.process.stderr?.on('data', (data: Buffer) => {
      this.stderr += data.toString();
      for (const watch of this.watchers) watch();
    });
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code) => {
        resolve(code);
        for (const watch of this.watchers) watch();
      });
    });
  }

  /** Waits until it has written what matches; rejects when it ends without. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(`${this.stdout}\n${this.stderr}`);
      if (found !== null) return found;
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`ended without saying ${pattern}:\n${this.stdout}\n${this.stderr}`);
      }
      await new Promise<void>((resolve) => {
        const watch = (): void => {
          this.watchers.delete(watch);
          resolve();
        };
        this.watchers.add(watch);
      });
    }
  }
}

/** Runs `doppel` to its end. */
export async function doppel(...args: readonly string[]) {
  const cli = new Cli(args);
  const code = await cli.ended;
  return { code, stdout: cli.stdout, stderr: cli.stderr };
}
