import { Option } from 'commander';
import { parseDuration, type Micros } from '../../kernel/time.ts';
import type { Intervention } from '../run/interventions.ts';
import { CliError } from './exit-codes.ts';

const FORM = /^([^@\s]+)\.([^.@\s]+)@([^.\s]+(?:\.\d+[a-z]+)?)(?:\.\.(\S+))?$/;

/**
 * The option `--fault <device>.<fault>@<from>[..<to>]`, which may be given several times: what fails when,
 * and when it is repaired.
 */
export function faultOption(): Option {
  return new Option(
    '--fault <device.fault@from..to>',
    'let something fail, for instance incubator-2.breakdown@3d..5d; without an end for good',
  )
    .argParser((text: string, before: readonly Intervention[]) => [...before, ...readFault(text)])
    .default([], 'none');
}

function readFault(text: string): readonly Intervention[] {
  const [, device, fault, from, to] = FORM.exec(text) ?? [];
  if (device === undefined || fault === undefined || from === undefined) {
    throw new CliError(
      `--fault ${text}: write device.fault@from..to, with times such as 3d or 36h`,
    );
  }
  const begin = timeIn(text, from);
  const command = { kind: 'fault', device, fault } as const;
  const failing = { time: begin, command: { ...command, active: true } };
  if (to === undefined) return [failing];
  const end = timeIn(text, to);
  if (end <= begin) throw new CliError(`--fault ${text}: it ends before it begins`);
  return [failing, { time: end, command: { ...command, active: false } }];
}

function timeIn(option: string, text: string): Micros {
  const time = parseDuration(text);
  if (time !== undefined && Number.isSafeInteger(time) && time >= 0) return time;
  throw new CliError(`--fault ${option}: ${text} is no time; write 3d, 36h, 90min or 30s`);
}
