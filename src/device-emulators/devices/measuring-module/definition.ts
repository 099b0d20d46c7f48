import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import { alarm, choice, counted, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import { needsRoom, needsSupply } from '../../definition/module-checks.ts';
import {
  CONNECTOR,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
  moduleChannels,
  moduleRead,
  moduleSignals,
  TRANSFER,
} from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import {
  ABORT_COMMAND,
  MIX_TIME,
  workChannels,
  workRead,
  workSignals,
} from '../../definition/work/liquid-commands.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import {
  checkValve,
  measuringAtRest,
  type MeasuringModuleConfig,
  measuringModuleEffects,
  type MeasuringModuleState,
} from './effects.ts';

const COMMANDS = ['measure', 'emptyWaste'];
const STEPS = ['mixing', 'sampling', 'analysing', 'rinsing', 'emptying'];

function checkMeasurement(
  context: ReadContext<MeasuringModuleConfig, MeasuringModuleState>,
  { volume }: CommandParameters,
): Refusal | undefined {
  const refused = checkValve(context);
  const cassette = context.plant.vesselAt('transfer');
  if (refused !== undefined || cassette === undefined) return refused;
  const taken = Number(volume) + context.config.deadVolume;
  if (cassette.volume < taken) {
    const message = `${cassette.id} holds less than a sample for ${context.id}`;
    return refusal('INSUFFICIENT_VOLUME', message);
  }
  if (needsSupply(context, 'drain') === undefined) return undefined;
  return needsRoom(context, 'waste', taken);
}

/** Takes samples through the sampling valve of a cassette and analyses them. */
export const measuringModule = defineDevice({
  type: 'measuring-module',
  title: 'Measuring module',
  description: 'Takes a sample through the sampling valve; counts cells, or measures everything.',
  identity: { model: 'Assay C1', firmware: '2.1.0' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    deadVolume: quantity('mL', 'Volume of the needle, lost with each sample', [0, 5], 0.2),
    drawTime: quantity('s', 'Time to draw or to rinse', [1, 120], 20),
    countTime: quantity('s', 'Time to stain, image and count', [10, 3600], 150),
    fullTime: quantity('min', 'Time for all assays', [1, 240], 20),
  },
  quirks: [
    'The cassette is shaken first: what had settled is counted, too.',
    'Erythrocytes and platelets are gated out; attached cells are not in the sample.',
    'The sample and the volume of the needle are lost.',
    'Dirty optics miss cells and take specks for dead ones; the alarm comes with the next sample.',
  ],
  signals: {
    ...moduleSignals,
    ...workSignals,
    viableDensity: measured('10*6.{cells}/mL', 'Living cells of the last sample', [0, 1000], 1e-3),
    viability: measured('%', 'Viability of the last sample', [0, 100], 0.1),
    diameter: measured('um', 'Mean diameter of the last sample', [0, 50], 0.1),
    carPositive: measured('%', 'CAR+ cells of the last full sample', [0, 100], 0.1),
    purity: measured('%', 'Share of the wanted lineage in the last full sample', [0, 100], 0.1),
    glucose: measured('mmol/L', 'Glucose of the last full sample', [0, 100], 0.01),
    lactate: measured('mmol/L', 'Lactate of the last full sample', [0, 100], 0.01),
    ph: measured('[pH]', 'pH of the last full sample', [0, 14], 0.01),
    dmso: measured('%', 'DMSO of the last full sample, by volume', [0, 100], 0.01),
    measurements: counted('Measurements made', [0, 1_000_000]),
    waste: measured('mL', 'Liquid waste', [0, 2000], 1),
  },
  commands: {
    measure: {
      title: 'Measure',
      description:
        'Tells viableDensity (10^6/mL), viability (%), diameter (um), cellsSeen, volume (mL); with all assays also carPositive, purity, tCells, nkCells, stromalCells, dmso (%), glucose, lactate (mmol/L), ph.',
      parameters: {
        volume: quantity('mL', 'Sample', [0.1, 10], 0.5, 'exact'),
        assays: choice('Assays', ['counts', 'full'], 'counts'),
        lineage: choice('Lineage whose share is the purity', ['t', 'nk', 'msc'], 't'),
      },
      errors: [
        'NO_VESSEL',
        'NOT_CONNECTED',
        'INTERLOCK',
        'INSUFFICIENT_VOLUME',
        'OVERFLOW',
        'ABORTED',
        'MALFUNCTION',
      ],
      execution: 'timed',
    },
    emptyWaste: {
      title: 'Empty waste',
      description: 'An operator takes the waste away.',
      parameters: {},
      errors: ['ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    abort: ABORT_COMMAND,
  },
  alarms: {
    fewCells: alarm(
      'low',
      'Few cells',
      'Fewer than 200 cells were seen; the result scatters by more than 7 %.',
      'Measure again, or concentrate the cells first.',
    ),
    wasteFull: alarm(
      'medium',
      'Waste full',
      'The waste bottle is more than nine tenths full.',
      'Empty the waste.',
    ),
    dirtyOptics: alarm(
      'medium',
      'Dirty optics',
      'The background image has changed: counts are too low and viability, too.',
      'Clean the optics; measure again in this or another module.',
    ),
  },
  faults: {
    dirtyOptics: {
      title: 'Dirty optics',
      description: 'Three of ten cells are missed, and specks are taken for dead cells.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [
    MODULE_FRAME,
    { name: 'chamber', kind: 'tube-50', pose: upright(0.1, 0.15, 0.62) },
    { name: 'waste', kind: 'reservoir', pose: upright(-0.1, 0.2, 0.62), waste: true },
  ],
  body: () => 'frame',
  powered: 'dock',
  machine: workMachine(COMMANDS, STEPS),
  initialState: measuringAtRest,
  effects: measuringModuleEffects,
  preconditions: { measure: checkMeasurement },
  read: {
    ...moduleRead,
    ...workRead,
    viableDensity: ({ state }) => state.count?.livingDensity ?? 0,
    viability: ({ state }) => state.count?.viability ?? 0,
    diameter: ({ state }) => state.count?.diameter ?? 0,
    carPositive: ({ state }) => state.assays?.carPositive ?? 0,
    purity: ({ state }) => state.assays?.shares[state.lineage] ?? 0,
    glucose: ({ state }) => state.assays?.glucose ?? 0,
    lactate: ({ state }) => state.assays?.lactate ?? 0,
    ph: ({ state }) => state.assays?.ph ?? 7,
    dmso: ({ state }) => state.assays?.dmso ?? 0,
    measurements: ({ state }) => state.measurements,
    waste: ({ plant }) => plant.volume('waste'),
  },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    needle: ({ machineState }) => Number(machineState === 'sampling'),
  },
  appearance: () => ({}),
});
