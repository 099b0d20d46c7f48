import { refusal } from '../../../kernel/error-catalogue.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { cellCounterEffects, type CellCounterState } from './effects.ts';
import { cellCounterMachine } from './machine.ts';

/** Automated image cytometer: density, viability and size of the cells of a sample. */
export const cellCounter = defineDevice({
  type: 'cell-counter',
  title: 'Cell counter',
  description: 'Image cytometer that samples a vessel in its place or a line and counts cells.',
  identity: { model: 'Count 2', firmware: '2.0.4' },
  size: [0.35, 0.45, 0.42],
  config: {
    line: { type: 'reference', to: 'line', title: 'Sampling line', default: '' },
    sampleVolume: {
      type: 'quantity',
      title: 'Sample',
      unit: 'mL',
      min: 0.05,
      max: 10,
      default: 0.5,
      fidelity: 'assumed',
    },
    drawTime: {
      type: 'quantity',
      title: 'Time to draw or rinse',
      unit: 's',
      min: 1,
      max: 120,
      default: 20,
      fidelity: 'assumed',
    },
    countTime: {
      type: 'quantity',
      title: 'Time to stain, image and rinse',
      unit: 's',
      min: 10,
      max: 3600,
      default: 150,
      fidelity: 'assumed',
    },
    lineFlow: {
      type: 'quantity',
      title: 'Flow in the sampling line',
      unit: 'mL/min',
      min: 0.1,
      max: 100,
      default: 10,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'A pellet is not sampled: mix the vessel first.',
    'Erythrocytes and platelets are gated out; all nucleated cells count, T cells or not.',
    'Sampling through a line costs its hold-up volume.',
  ],
  signals: {
    viableDensity: {
      kind: 'number',
      title: 'Living cells of the last count',
      direction: 'output',
      unit: '10*6.{cells}/mL',
      range: [0, 1000],
      resolution: 0.001,
      fidelity: 'assumed',
    },
    viability: {
      kind: 'number',
      title: 'Viability of the last count',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    diameter: {
      kind: 'number',
      title: 'Mean diameter of the last count',
      direction: 'output',
      unit: 'um',
      range: [0, 30],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    counts: { kind: 'integer', title: 'Counts made', direction: 'output', range: [0, 1_000_000] },
    waste: {
      kind: 'number',
      title: 'Liquid waste',
      direction: 'output',
      unit: 'mL',
      range: [0, 2500],
      resolution: 1,
      fidelity: 'assumed',
    },
  },
  commands: {
    count: {
      title: 'Count',
      description:
        'Takes a sample and counts: viableDensity in 10^6/mL, viability in %, diameter in um.',
      parameters: {
        source: {
          type: 'choice',
          title: 'Where the sample comes from',
          options: ['place', 'line'],
          default: 'place',
        },
      },
      errors: [
        'NO_VESSEL',
        'VESSEL_CAPPED',
        'INSUFFICIENT_VOLUME',
        'NOT_CONNECTED',
        'OVERFLOW',
        'ABORTED',
      ],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Gives the sample up and rinses.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    fewCells: {
      title: 'Few cells',
      priority: 'low',
      latching: false,
      cause: 'Fewer than 200 cells were seen; the result scatters by more than 7 %.',
      action: 'Mix and count again, or concentrate the sample.',
    },
    wasteFull: {
      title: 'Waste full',
      priority: 'medium',
      latching: false,
      cause: 'The waste bottle is more than nine tenths full.',
      action: 'Empty the waste bottle.',
    },
  },
  solids: () => [
    block([-0.175, -0.225, 0], [0.175, 0.225, 0.04]),
    block([-0.175, -0.03, 0.04], [0.175, 0.225, 0.42]),
  ],
  places: () => [
    {
      name: 'sample',
      title: 'Sample place',
      pose: upright(0, -0.12, 0.04),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [
    { name: 'inlet', title: 'Sample', position: [0.15, 0.1, 0.3], vessel: { own: 'chamber' } },
    { name: 'drain', title: 'Waste', position: [0.15, 0.2, 0.05], vessel: { own: 'waste' } },
  ],
  vessels: () => [
    { name: 'chamber', kind: 'tube-50', pose: upright(0.05, 0.1, 0.2) },
    { name: 'waste', kind: 'reservoir', pose: upright(0.05, 0.12, 0.01), waste: true },
  ],
  machine: cellCounterMachine,
  initialState: (): CellCounterState => ({ pending: undefined, last: undefined, counts: 0 }),
  effects: cellCounterEffects,
  preconditions: {
    count: ({ id, plant, config }, { source }) => {
      const waste = plant.vessel('waste');
      if (waste !== undefined && waste.capacity - waste.volume < 10 * config.sampleVolume) {
        return refusal('OVERFLOW', `the waste of ${id} is full; empty it`);
      }
      if (source === 'line') {
        const line = plant.line(config.line);
        if (line?.connected === true) return undefined;
        return refusal('NOT_CONNECTED', `the sampling line of ${id} is not connected`);
      }
      const vessel = plant.vesselAt('sample');
      if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.sample`);
      if (vessel.capped) {
        return refusal('VESSEL_CAPPED', `${vessel.id} in ${id}.sample is capped; uncap it first`);
      }
      if (vessel.volume >= config.sampleVolume) return undefined;
      return refusal('INSUFFICIENT_VOLUME', `${vessel.id} holds less than a sample for ${id}`);
    },
  },
  read: {
    viableDensity: ({ state }) => state.last?.livingDensity ?? 0,
    viability: ({ state }) => state.last?.viability ?? 0,
    diameter: ({ state }) => state.last?.diameter ?? 0,
    counts: ({ state }) => state.counts,
    waste: ({ plant }) => plant.volume('waste'),
  },
  write: {},
  channels: {
    needle: ({ machineState }) => (machineState === 'drawing' ? 1 : 0),
    busy: ({ machineState }) => (machineState === 'idle' ? 0 : 1),
  },
  appearance: () => ({}),
});
