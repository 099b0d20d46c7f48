import type { Refusal } from './error-catalogue.ts';
import type { Result } from './result.ts';

/**
 * What the test bench offers, whatever the transport: every call is declared here once, and the transports
 * derive their methods, paths and documents from these declarations.
 */
export type BenchKind = 'text' | 'number' | 'boolean' | 'texts' | 'json';

export interface BenchField {
  readonly kind: BenchKind;
  readonly description: string;
  /** Whether a parameter may be left out; an empty text is the same. */
  readonly optional?: boolean;
}

export interface BenchCall {
  readonly description: string;
  readonly parameters: Readonly<Record<string, BenchField>>;
  readonly results: Readonly<Record<string, BenchField>>;
  /** Whether it only looks. */
  readonly reads?: boolean;
  /** Whether it tells what control software must not see, so that OPC UA has no method for it. */
  readonly isTruth?: boolean;
  /** Whether OPC UA has its own way to the same, so that no method is needed. */
  readonly native?: boolean;
}

const DURATION = 'a duration such as "90 s", "30 min" or "7 d"';
const time: BenchField = {
  kind: 'number',
  description: 'simulated time in microseconds since the epoch',
};
const TIME = {
  time,
  mode: { kind: 'text', description: 'realtime, scaled, max or lockstep' },
  running: { kind: 'boolean', description: 'false while time is frozen' },
  askedSpeed: {
    kind: 'number',
    description: 'simulated seconds per second asked for; 0 where there is no such number',
  },
  achievedSpeed: { kind: 'number', description: 'simulated seconds per second, of late' },
  effort: {
    kind: 'json',
    description:
      'how late events were [ms] (p50, p99, max), events per second, and the share of the time by what it was spent on',
  },
} as const satisfies BenchCall['results'];
/** When something is done, and for how long. */
const OCCASION = {
  at: { kind: 'text', description: `only then: since the epoch, ${DURATION}`, optional: true },
  when: {
    kind: 'text',
    description: 'only then: at the first instant at which a condition holds',
    optional: true,
  },
  lasts: {
    kind: 'text',
    description: `for how long, ${DURATION}; for good when left out`,
    optional: true,
  },
} as const satisfies BenchCall['parameters'];
const PLAN = {
  plan: { kind: 'number', description: 'number of what is planned; 0 when it was done at once' },
} as const satisfies BenchCall['results'];
const device: BenchField = { kind: 'text', description: 'name of the device in the scene' };

export const BENCH_CALLS = {
  time: {
    description: 'How time passes, and how well the twin keeps up',
    parameters: {},
    results: TIME,
    reads: true,
  },
  setTime: {
    description:
      'Changes how time passes, at any moment; grants that are under way are refused when lockstep ends',
    parameters: {
      mode: {
        kind: 'text',
        description:
          'realtime, max, lockstep or a factor from 0.1 to 1000000; as it is when left out',
        optional: true,
      },
      running: {
        kind: 'boolean',
        description: 'false freezes; as it is when left out',
        optional: true,
      },
    },
    results: TIME,
  },
  step: {
    description:
      'Goes to the next event of the plant; needs a frozen plant, or lockstep that nobody else holds',
    parameters: {},
    results: { time },
  },
  advance: {
    description:
      'Lets simulated time pass: in lockstep as a grant of the caller, else at the pace of the mode with the plant frozen afterwards',
    parameters: { by: { kind: 'text', description: DURATION } },
    results: { time },
  },
  runUntil: {
    description:
      'Lets simulated time pass until a time or a condition, whichever is first: in lockstep as a grant of the caller, else at the pace of the mode with the plant frozen afterwards',
    parameters: {
      until: { kind: 'text', description: `since the epoch, ${DURATION}`, optional: true },
      condition: {
        kind: 'text',
        description:
          'such as "bioreactor-1.temperature > 37.5", "alarm pump-1.occlusion" or "event device.operation.failed centrifuge-1"; terms joined by "and" and "or"',
        optional: true,
      },
    },
    results: { time, met: { kind: 'boolean', description: 'whether the condition holds' } },
  },
  hold: {
    description:
      'Lockstep: from now on no time passes without a grant of the caller; who keeps others waiting too long, or leaves, is released',
    parameters: {},
    results: {},
  },
  release: {
    description: 'The caller no longer holds the clock',
    parameters: {},
    results: {},
  },
  holders: {
    description: 'Who holds the clock, and up to where each has granted time',
    parameters: {},
    results: {
      holders: { kind: 'json', description: 'name, and time granted where there is one' },
    },
    reads: true,
  },
  plant: {
    description: 'The plant: devices with their signals, commands, alarms and places',
    parameters: {},
    results: { plant: { kind: 'json', description: 'as declared by the devices' } },
    reads: true,
    native: true,
  },
  read: {
    description: 'Present values of signals',
    parameters: {
      signals: { kind: 'texts', description: 'paths such as bioreactor-1.temperature' },
    },
    results: {
      readings: { kind: 'json', description: 'value, time and quality (0 good) by path' },
    },
    reads: true,
    native: true,
  },
  command: {
    description: 'Gives a command to a device',
    parameters: {
      device,
      command: { kind: 'text', description: 'name of the command' },
      parameters: { kind: 'json', description: 'by name, in declared units', optional: true },
    },
    results: {
      operation: { kind: 'number', description: 'number of the operation on its device' },
    },
    native: true,
  },
  write: {
    description: 'Writes a set-point',
    parameters: {
      device,
      signal: { kind: 'text', description: 'name of the signal' },
      value: { kind: 'json', description: 'number, boolean or text, in the declared unit' },
    },
    results: {},
    native: true,
  },
  acknowledge: {
    description: 'Acknowledges an alarm',
    parameters: {
      device,
      alarm: { kind: 'text', description: 'name of the alarm' },
      comment: { kind: 'text', description: 'kept with the alarm', optional: true },
    },
    results: {},
    native: true,
  },
  fault: {
    description: 'Lets something go wrong with a device, or puts it right',
    parameters: {
      device,
      fault: { kind: 'text', description: 'name of the fault' },
      active: { kind: 'boolean', description: 'false puts it right' },
      ...OCCASION,
    },
    results: PLAN,
  },
  force: {
    description:
      'Lets a signal show, or a set-point have, a value until it is released; it is marked as forced everywhere, and what is written to a forced set-point takes effect with its release',
    parameters: {
      device,
      signal: { kind: 'text', description: 'name of the signal' },
      value: {
        kind: 'json',
        description:
          'number, boolean or text, in the declared unit; what the signal shows at present when left out',
        optional: true,
      },
      ...OCCASION,
      ramp: {
        kind: 'text',
        description: `time in which a measured number goes there from what it shows, ${DURATION}`,
        optional: true,
      },
    },
    results: PLAN,
  },
  plans: {
    description: 'Faults and forces that are planned and still to come',
    parameters: {},
    results: {
      plans: { kind: 'json', description: 'number, command, occasion and duration of each' },
    },
    reads: true,
  },
  cancel: {
    description: 'Gives up something that is planned',
    parameters: { plan: { kind: 'number', description: 'its number' } },
    results: {},
  },
  unforce: {
    description: 'Releases a signal that is forced',
    parameters: { device, signal: { kind: 'text', description: 'name of the signal' } },
    results: {},
  },
  events: {
    description: 'What has happened, in order; the latest ten thousand are kept',
    parameters: {
      after: {
        kind: 'number',
        description: 'only those that came after so many, as `next` said before',
        optional: true,
      },
    },
    results: {
      events: { kind: 'json', description: 'each with time, sequence, type and device' },
      next: { kind: 'number', description: 'for the next call' },
    },
    reads: true,
    native: true,
  },
  alarms: {
    description: 'Alarms that are active or not yet acknowledged',
    parameters: {},
    results: { alarms: { kind: 'json', description: 'with device, state and time' } },
    reads: true,
    native: true,
  },
  truth: {
    description:
      'What is really so in the plant, whatever sensors and forced signals show, and what is wrong with it: for tests and trainers, not for control software',
    parameters: {
      signals: { kind: 'texts', description: 'paths of declared signals', optional: true },
    },
    results: {
      values: { kind: 'json', description: 'true values by path, in the declared units' },
      faults: { kind: 'json', description: 'device and fault of each that is active' },
      forced: { kind: 'json', description: 'paths of forced signals' },
    },
    reads: true,
    isTruth: true,
  },
  observe: {
    description:
      'Watches from now on whether something is as it should be: bounds, answers in time, order, goals',
    parameters: {
      name: { kind: 'text', description: 'for its verdict; one of the same name is replaced' },
      check: {
        kind: 'json',
        description:
          'such as {"always": "bioreactor-1.temperature < 39", "for": "5 min"} or {"when": "alarm", "then": "alarm acknowledged", "within": "60 s"}',
      },
    },
    results: {},
  },
  verdicts: {
    description: 'What came of all that is watched for',
    parameters: {
      over: {
        kind: 'boolean',
        description: 'whether time is over, so that what has not come has failed',
        optional: true,
      },
    },
    results: {
      verdicts: {
        kind: 'json',
        description: 'name, text and state (held, failed, idle) of each, with time and cause',
      },
      passed: { kind: 'boolean', description: 'whether nothing has failed' },
    },
    reads: true,
  },
  report: {
    description: 'State hash, mass balance and use of the devices up to now',
    parameters: {},
    results: { report: { kind: 'json', description: 'of the run so far' } },
    reads: true,
  },
  save: {
    description: 'Writes the present moment into a snapshot file',
    parameters: {
      name: {
        kind: 'text',
        description:
          'letters, digits, dots, dashes and underscores; the file lies in the folder of snapshots',
      },
    },
    results: { path: { kind: 'text', description: 'of the file, for "doppel serve"' }, time },
  },
  snapshots: {
    description: 'Moments that are kept of this plant, and files that were saved',
    parameters: {},
    results: {
      times: { kind: 'json', description: 'simulated times, every half hour' },
      names: { kind: 'json', description: 'of saved files' },
    },
    reads: true,
  },
  fork: {
    description:
      'Another plant that begins at the present moment of this one, with endpoints of its own, and knows nothing of it afterwards; it ends with this one',
    parameters: {},
    results: {
      ui: { kind: 'text', description: 'address of its page' },
      api: { kind: 'text', description: 'address of its bench over HTTP' },
      token: { kind: 'text', description: 'for page and bench' },
      opcua: {
        kind: 'text',
        description: 'address of its OPC UA server, empty when there is none',
      },
    },
  },
  restore: {
    description:
      'Takes the plant back to any time since it began, or to a saved moment; everybody who follows it is told',
    parameters: {
      time: { kind: 'text', description: `since the epoch, ${DURATION}`, optional: true },
      name: { kind: 'text', description: 'of a saved snapshot, instead of a time', optional: true },
    },
    results: { time },
  },
} as const satisfies Readonly<Record<string, BenchCall>>;

export type BenchCallName = keyof typeof BENCH_CALLS;
export type BenchRecord = Readonly<Record<string, unknown>>;

/** The bench behind every transport. */
export interface BenchPort {
  /**
   * Makes a call. Unknown calls, and parameters that are missing, unknown or of the wrong kind, are
   * refused as INVALID_PARAMETER.
   *
   * @param caller who calls; holders of the clock are told apart by it
   */
  call(
    name: string,
    parameters: BenchRecord,
    caller: string,
  ): Promise<Result<BenchRecord, Refusal>>;
  /** The caller is gone: it no longer holds the clock. */
  left(caller: string): void;
}
