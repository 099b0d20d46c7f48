import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { Field } from '../../definition/fields.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import { welderEffects, type WelderState } from './effects.ts';
import { welderMachine } from './machine.ts';

const LINE: Field = { type: 'reference', to: 'line', title: 'Line of tubing' };

/** Joins the ends of a tubing line sterilely, and closes it again. */
export const tubeWelder = defineDevice({
  type: 'tube-welder',
  title: 'Tube welder',
  description: 'Sterile welder and sealer for thermoplastic tubing.',
  identity: { model: 'Join 2', firmware: '3.0.1' },
  size: [0.35, 0.3, 0.25],
  config: {
    weldTime: {
      type: 'quantity',
      title: 'Time of a weld',
      unit: 's',
      min: 5,
      max: 600,
      default: 90,
      fidelity: 'assumed',
    },
    sealTime: {
      type: 'quantity',
      title: 'Time of a seal',
      unit: 's',
      min: 1,
      max: 120,
      default: 15,
      fidelity: 'assumed',
    },
    maximumWelds: { type: 'integer', title: 'Welds per line', min: 1, max: 100, default: 10 },
  },
  quirks: [
    'Every weld uses up a piece of tubing, so a line can be joined a limited number of times.',
  ],
  signals: {
    welds: { kind: 'integer', title: 'Welds made', direction: 'output', range: [0, 100_000] },
    line: { kind: 'text', title: 'Line in the jaws', direction: 'output' },
    jawsClosed: { kind: 'boolean', title: 'Jaws closed', direction: 'output' },
  },
  commands: {
    weld: {
      title: 'Weld',
      description: 'Makes the ends of a line be joined.',
      parameters: { line: LINE },
      errors: ['INVALID_PARAMETER', 'CONNECTOR_WORN', 'ABORTED'],
      execution: 'timed',
    },
    seal: {
      title: 'Seal',
      description: 'Makes a line be closed and parted.',
      parameters: { line: LINE },
      errors: ['INVALID_PARAMETER', 'INTERLOCK', 'ABORTED'],
      execution: 'timed',
    },
    renew: {
      title: 'Renew tubing',
      description: 'An operator has put in a new tubing set for the line; its welds count anew.',
      parameters: { line: LINE },
      errors: ['INVALID_PARAMETER', 'ALREADY_CONNECTED'],
      execution: 'instant',
    },
    abort: {
      title: 'Abort',
      description: 'Opens the jaws; the line stays as it was.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    worn: {
      title: 'Tubing used up',
      priority: 'medium',
      latching: true,
      cause: 'A line has been welded as often as allowed.',
      action: 'Put in a new tubing set and tell the welder with renew.',
    },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [],
  machine: welderMachine,
  initialState: (): WelderState => ({ line: '', welds: {}, total: 0 }),
  effects: {
    ...welderEffects,
    welded: (ctx) => {
      const { line } = ctx.state;
      welderEffects.welded(ctx);
      const worn = (ctx.state.welds[line] ?? 0) >= ctx.config.maximumWelds;
      if (worn) ctx.setAlarm('worn', true, `line ${line}`);
    },
  },
  preconditions: {
    weld: ({ plant, state, config }, { line }) => {
      const name = String(line);
      const found = plant.line(name);
      if (found === undefined) return unknownLine(name);
      if (found.connected) return undefined;
      if ((state.welds[name] ?? 0) < config.maximumWelds) return undefined;
      return refusal('CONNECTOR_WORN', `line ${name} was welded as often as allowed; renew it`);
    },
    seal: ({ plant }, { line }) => {
      const name = String(line);
      const found = plant.line(name);
      if (found === undefined) return unknownLine(name);
      return found.connected ? flowing(plant, name) : undefined;
    },
    renew: ({ plant }, { line }) => {
      const found = plant.line(String(line));
      if (found === undefined) return unknownLine(String(line));
      if (!found.connected) return undefined;
      return refusal('ALREADY_CONNECTED', `line ${line} is connected; seal it first`);
    },
  },
  read: {
    welds: ({ state }) => state.total,
    line: ({ state }) => state.line,
    jawsClosed: ({ machineState }) => machineState !== 'idle',
  },
  write: {},
  channels: {
    jaws: ({ machineState }) => (machineState === 'idle' ? 0 : 1),
    heat: ({ machineState }) => (machineState === 'idle' ? 0 : 1),
  },
  appearance: () => ({}),
});

function unknownLine(name: string): Refusal {
  return refusal('INVALID_PARAMETER', `there is no line "${name}"`);
}

function flowing(plant: PlantReader, name: string): Refusal | undefined {
  if ((plant.line(name)?.flow ?? 0) === 0) return undefined;
  return refusal('INTERLOCK', `liquid flows in ${name}; stop its pump first`);
}
