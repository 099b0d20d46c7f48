import {
  ERROR_CATALOGUE,
  type ErrorCode,
  refusal,
} from '../../../../src/kernel/error-catalogue.ts';
import type {
  AlarmDescription,
  CommandDescription,
  CommandOutcome,
  DeviceDescription,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  Quality,
  SignalDescription,
  Value,
} from '../../../../src/kernel/plant-contract.ts';
import { err, ok } from '../../../../src/kernel/result.ts';
import { type Micros, microsFromSeconds } from '../../../../src/kernel/time.ts';
import {
  type PlantPort,
  STANDING_SIGNALS,
} from '../../../../src/device-emulators/endpoints/opcua/port.ts';

/** A plant without physics: signals hold what is put into them, commands take a fixed time. */
export interface MemoryPlant extends PlantPort {
  readonly commands: PlantCommand[];
  indexOf(path: string): number;
  set(path: string, value: Value, quality?: Quality): void;
  emit(event: PlantEvent): void;
  raise(device: string, alarm: string, details: string): void;
  clear(device: string, alarm: string): void;
  /** Lets simulated time pass; ends operations that are due. */
  pass(until: Micros): Micros;
}

function signal(
  name: string,
  kind: SignalDescription['kind'],
  more: Partial<SignalDescription> = {},
): SignalDescription {
  return {
    name,
    title: `Title of ${name}`,
    description: `What ${name} says`,
    kind,
    direction: 'output',
    functionalUnit: 'Main',
    unit: '',
    ...(kind === 'number' ? { range: [-1e6, 1e6] as const, resolution: 0.1 } : {}),
    ...(kind === 'integer' ? { range: [0, 1000] as const } : {}),
    ...more,
  };
}

function command(name: string, more: Partial<CommandDescription> = {}): CommandDescription {
  return {
    name,
    title: `Title of ${name}`,
    description: `What ${name} does`,
    execution: 'timed',
    functionalUnit: 'Main',
    parameters: [],
    errors: ['BUSY'],
    ...more,
  };
}

function device(
  id: string,
  type: string,
  signals: readonly SignalDescription[],
  commands: readonly CommandDescription[],
  alarms: readonly AlarmDescription[] = [],
): DeviceDescription {
  return {
    id,
    type,
    title: `The ${id}`,
    description: `An invented ${type}`,
    zone: 'zone-a',
    identity: {
      manufacturer: 'Doppel (SIMULATED)',
      model: `model of ${type}`,
      serial: `SIM-${id}`,
      firmware: '1.2.3',
    },
    signals,
    commands,
    alarms,
    places: [{ name: 'bench', title: 'Bench', accepts: ['bottle-250'], robot: true, power: false }],
    body: '',
    position: [0, 0, 0],
    home: '',
  };
}

/** One invented device per group of things that the endpoint must carry. */
export function inventedDevices(units: readonly string[]): readonly DeviceDescription[] {
  return [
    device(
      'centrifuge',
      'centrifuge',
      [
        signal('rotorSpeed', 'number', { unit: '/min', range: [0, 5000], functionalUnit: 'Rotor' }),
        signal('lid', 'enum', { values: ['open', 'closed', 'moving'] }),
        signal('balanced', 'boolean'),
        signal('cycles', 'integer'),
        signal('program', 'text'),
        signal('temperatureTarget', 'number', { unit: 'Cel', range: [4, 40], direction: 'input' }),
        signal('lamp', 'boolean', { direction: 'input' }),
        signal('mode', 'enum', { values: ['soft', 'hard'], direction: 'input' }),
        signal('label', 'text', { direction: 'input' }),
      ],
      [
        command('openLid'),
        command('closeLid'),
        command('spin', {
          functionalUnit: 'Rotor',
          parameters: [
            {
              name: 'acceleration',
              title: 'Acceleration',
              kind: 'number',
              unit: '[g]',
              range: [10, 3000],
            },
            {
              name: 'duration',
              title: 'Duration',
              kind: 'number',
              unit: 's',
              range: [1, 3600],
              default: 300,
            },
            {
              name: 'brake',
              title: 'Brake',
              kind: 'enum',
              unit: '',
              values: ['soft', 'hard'],
              default: 'soft',
            },
            { name: 'count', title: 'Count', kind: 'integer', unit: '', range: [1, 9], default: 1 },
            {
              name: 'samples',
              title: 'Samples',
              kind: 'integer',
              unit: '',
              range: [0, 1e12],
              default: 0,
            },
            { name: 'gentle', title: 'Gentle', kind: 'boolean', unit: '', default: false },
            { name: 'note', title: 'Note', kind: 'text', unit: '', default: '' },
          ],
          errors: ['LID_OPEN', 'IMBALANCE'],
        }),
        command('abort', { execution: 'abort', errors: ['NOTHING_TO_ABORT'] }),
      ],
      [
        {
          name: 'imbalance',
          title: 'Rotor out of balance',
          priority: 'high',
          latching: true,
          cause: 'Bottles of unequal mass',
          action: 'Weigh the bottles',
        },
        {
          name: 'overheat',
          title: 'Chamber too warm',
          priority: 'critical',
          latching: false,
          cause: 'Cooling failed',
          action: 'Call service',
        },
      ],
    ),
    device(
      'meter',
      'meter',
      units.map((unit, i) => signal(`quantity${i}`, 'number', { unit })),
      [],
    ),
    device(
      'refuser',
      'refuser',
      [],
      [
        command('refuse', {
          execution: 'instant',
          parameters: [{ name: 'code', title: 'Code', kind: 'text', unit: '' }],
        }),
      ],
    ),
  ];
}

export function createMemoryPlant(
  devices: readonly DeviceDescription[],
  { lockstep = false }: { readonly lockstep?: boolean } = {},
): MemoryPlant {
  const description: PlantDescription = {
    scene: 'invented',
    title: 'Invented plant',
    epochUnixMicros: 1_767_592_800_000_000,
    devices,
  };
  const indexes = new Map<string, number>();
  const values: Value[] = [];
  const add = (path: string, value: Value): void => {
    indexes.set(path, values.length);
    values.push(value);
  };
  for (const { id, signals } of devices) {
    for (const s of signals) {
      const initial = {
        number: 0,
        integer: 0,
        boolean: false,
        enum: s.values?.[0] ?? '',
        text: '',
      };
      add(`${id}.${s.name}`, initial[s.kind]);
    }
    for (const name of STANDING_SIGNALS) {
      const initial = { state: 'idle', operationId: 0, operationState: 'none' } as Record<
        string,
        Value
      >;
      add(`${id}.${name}`, initial[name] ?? '');
    }
  }
  const times = new Float64Array(values.length);
  const qualities: Quality[] = values.map(() => 0);
  const listeners: ((event: PlantEvent) => void)[] = [];
  const commands: PlantCommand[] = [];
  const due: { time: Micros; run: () => void }[] = [];
  let now: Micros = 0;
  let counter = 0;
  const versions = values.map(() => 0);
  let eventSequence = 0;
  let attention = false;

  const indexOf = (path: string): number => {
    const index = indexes.get(path);
    if (index === undefined) throw new RangeError(`no signal ${path}`);
    return index;
  };
  const set = (path: string, value: Value, quality: Quality = 0): void => {
    const index = indexOf(path);
    values[index] = value;
    qualities[index] = quality;
    times[index] = now;
    counter++;
    versions[index] = counter;
  };
  const emit = (event: PlantEvent): void => {
    if (/completed|failed|raised/.test(event.type)) attention = true;
    for (const listener of listeners) listener(event);
  };
  const alarm =
    (type: 'alarm.raised' | 'alarm.cleared' | 'alarm.acknowledged') =>
    (id: string, name: string, details = ''): void =>
      emit({ type, time: now, sequence: eventSequence++, device: id, alarm: name, details });

  const refuse = (code: ErrorCode, message?: string): CommandOutcome => err(refusal(code, message));
  const submit = (request: PlantCommand): CommandOutcome => {
    commands.push(request);
    const { device: id } = request;
    if (request.kind === 'acknowledge') {
      alarm('alarm.acknowledged')(id, request.alarm);
      return ok({ operation: 0 });
    }
    if (request.kind === 'write') {
      const declared = devices
        .find((d) => d.id === id)
        ?.signals.find((s) => s.name === request.signal);
      const [low, high] = declared?.range ?? [-Infinity, Infinity];
      if (typeof request.value === 'number' && (request.value < low || request.value > high)) {
        return refuse(
          'OUT_OF_RANGE',
          `${request.signal} is ${request.value}, allowed ${low} to ${high}`,
        );
      }
      set(`${id}.${request.signal}`, request.value);
      return ok({ operation: 0 });
    }
    if (request.kind === 'fault' || request.kind === 'force') return refuse('NOT_PERMITTED');
    if (request.command === 'refuse') {
      const code = String(request.parameters['code']);
      if (code in ERROR_CATALOGUE) return refuse(code as ErrorCode);
      return refuse('INVALID_PARAMETER', `no code ${code}`);
    }
    if (request.command === 'spin' && values[indexOf(`${id}.lid`)] === 'open')
      return refuse('LID_OPEN');
    const running = values[indexOf(`${id}.operationState`)] === 'running';
    if (running) return refuse('BUSY');
    if (request.command === 'abort') return refuse('NOTHING_TO_ABORT');
    const operation = Number(values[indexOf(`${id}.operationId`)]) + 1;
    set(`${id}.operationId`, operation);
    set(`${id}.operationCommand`, request.command);
    set(`${id}.operationState`, 'running');
    set(`${id}.operationResult`, '');
    set(`${id}.state`, request.command);
    emit({
      type: 'device.operation.started',
      time: now,
      sequence: eventSequence++,
      device: id,
      operation,
      command: request.command,
      client: request.client,
    });
    const seconds = Number(request.parameters['duration'] ?? 2);
    due.push({
      time: now + microsFromSeconds(seconds),
      run: () => {
        if (request.command === 'openLid') set(`${id}.lid`, 'open');
        if (request.command === 'closeLid') set(`${id}.lid`, 'closed');
        set(`${id}.operationState`, 'completed');
        set(`${id}.operationResult`, JSON.stringify({ seconds }));
        set(`${id}.state`, 'idle');
        emit({
          type: 'device.operation.completed',
          time: now,
          sequence: eventSequence++,
          device: id,
          operation,
          command: request.command,
          result: { seconds },
        });
      },
    });
    return ok({ operation });
  };
  const pass = (until: Micros): Micros => {
    attention = false;
    while (now < until && !attention) {
      due.sort((a, b) => a.time - b.time);
      const first = due[0];
      if (first === undefined || first.time > until) {
        now = until;
        break;
      }
      due.shift();
      now = first.time;
      first.run();
    }
    return now;
  };
  return {
    description,
    signalCount: values.length,
    get changeCounter() {
      return counter;
    },
    readValue: (index) => values[index] as Value,
    readTime: (index) => times[index] as Micros,
    readQuality: (index) => qualities[index] as Quality,
    readVersion: (index) => versions[index] as number,
    submit: async (request) => submit(request),
    onEvent: (listener) => {
      listeners.push(listener);
    },
    now: () => now,
    mode: () => (lockstep ? 'lockstep' : 'realtime'),
    advance: async (until) =>
      lockstep ? ok(pass(until)) : err(refusal('WRONG_STATE', 'time passes by itself')),
    commands,
    indexOf,
    set,
    emit,
    raise: alarm('alarm.raised'),
    clear: (id, name) => alarm('alarm.cleared')(id, name),
    pass,
  };
}
