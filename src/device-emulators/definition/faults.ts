import type { AlarmDeclaration } from './command.ts';
import type { AnyDeviceDefinition, FaultDeclaration } from './device.ts';
import type { NumberSignal } from './signal.ts';

/** Faults that devices have without declaring them. */
export const BREAKDOWN = 'breakdown';
export const POWER_LOSS = 'powerLoss';
export const JAM = 'jam';
export const SLOW = 'slow';

/** Time after which a device that is jammed gives an operation up, and by which a slow one is late [s]; assumed. */
export const JAM_TIME = 2;
export const SLOW_TIME = 60;

/** How a sensor can fail: the text stands for its signal. */
const SENSOR_FAULTS = {
  Stuck: (title: string): FaultDeclaration => ({
    title: `${title}: stuck`,
    description: 'The sensor shows the same for ever, and calls it good.',
  }),
  Noisy: (title: string): FaultDeclaration => ({
    title: `${title}: noisy`,
    description: 'What the sensor shows scatters by two hundredths of its range.',
  }),
  Drift: (title: string): FaultDeclaration => ({
    title: `${title}: drifts`,
    description: 'The sensor goes off by one hundredth of its range an hour.',
  }),
} as const;
export type SensorFaultKind = keyof typeof SENSOR_FAULTS;

/** A sensor that fails, and how. */
export interface SensorFault {
  readonly signal: string;
  readonly kind: SensorFaultKind;
}

const BREAKDOWN_ALARM: AlarmDeclaration = {
  title: 'Broken down',
  priority: 'critical',
  latching: false,
  cause: 'The device has failed and does nothing any more.',
  action: 'Rescue what it holds, then repair the device or put another one in its place.',
};

const GENERAL: Readonly<Record<string, FaultDeclaration>> = {
  [BREAKDOWN]: {
    title: 'Break down',
    description: 'It stops at once and takes no commands until it is repaired.',
  },
  [POWER_LOSS]: {
    title: 'Lose power',
    description: 'It stops at once and takes no commands until power is back.',
  },
};

/** For devices that take their time for something. */
const OF_WORK: Readonly<Record<string, FaultDeclaration>> = {
  [JAM]: {
    title: 'Jam',
    description: `Its drive does not move: every operation fails after ${JAM_TIME} s, before anything has happened.`,
  },
  [SLOW]: {
    title: 'Respond slowly',
    description: `Every operation begins ${SLOW_TIME} s after it was asked for.`,
  },
};

const POWER_ALARM: AlarmDeclaration = {
  title: 'Without power',
  priority: 'critical',
  latching: false,
  cause: 'The mains of the device have failed.',
  action: 'Bring its power back; what it holds is warmed or cooled by the room meanwhile.',
};

/** Alarms of a device, the built-in ones last. */
export function alarmsOf({
  alarms,
}: AnyDeviceDefinition): Readonly<Record<string, AlarmDeclaration>> {
  return { ...alarms, [BREAKDOWN]: BREAKDOWN_ALARM, [POWER_LOSS]: POWER_ALARM };
}

const known = new WeakMap<AnyDeviceDefinition, ReadonlyMap<string, FaultDeclaration>>();

/** All faults that a device can have, by name: those of every device, its own, those of its sensors. */
export function faultsOf(definition: AnyDeviceDefinition): ReadonlyMap<string, FaultDeclaration> {
  const found = known.get(definition);
  if (found !== undefined) return found;
  const { commands, faults = {}, signals } = definition;
  const works = Object.values(commands).some(({ execution }) => execution === 'timed');
  const sensors = Object.entries(signals).flatMap(([name, signal]) =>
    signal.kind === 'number' && hasSensor(signal)
      ? Object.entries(SENSOR_FAULTS).map(
          ([kind, describe]) => [`${name}${kind}`, describe(signal.title)] as const,
        )
      : [],
  );
  const all = new Map([
    ...Object.entries(GENERAL),
    ...(works ? Object.entries(OF_WORK) : []),
    ...Object.entries(faults),
    ...sensors,
  ]);
  known.set(definition, all);
  return all;
}

/** The sensor that a fault is about; undefined when it is another kind of fault. */
export function sensorFaultOf(
  { signals }: AnyDeviceDefinition,
  fault: string,
): SensorFault | undefined {
  for (const kind of Object.keys(SENSOR_FAULTS) as SensorFaultKind[]) {
    if (!fault.endsWith(kind)) continue;
    const signal = fault.slice(0, -kind.length);
    const declared = signals[signal];
    if (declared?.kind === 'number' && hasSensor(declared)) return { signal, kind };
  }
  return undefined;
}

function hasSensor({ direction, sensor }: NumberSignal): boolean {
  return direction === 'output' && sensor !== undefined;
}

/** Faults as the view is told of them. */
export function describeFaults(
  definition: AnyDeviceDefinition,
): readonly (FaultDeclaration & { readonly name: string; readonly signal?: string })[] {
  return [...faultsOf(definition)].map(([name, { title, description }]) => {
    const sensor = sensorFaultOf(definition, name);
    const about = sensor === undefined ? {} : { signal: sensor.signal };
    return { name, title, description, ...about };
  });
}
