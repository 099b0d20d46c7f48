import {
  concentration,
  confluence,
  equilibriumCo2,
  livingDensity,
  ph,
} from '../../../bio-models/readouts.ts';
import { S } from '../../../bio-models/species.ts';
import { IDENTITY_POSE } from '../../../kernel/pose.ts';
import { choice, counted, integer, measured, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import { CORE_SIZES, locationRead, locationSignal } from '../../definition/module-frame.ts';
import {
  type CassetteConfig,
  cassetteEffects,
  type CassetteState,
  coreOf,
  mostUsed,
  patientOf,
  portsJson,
  refuseAssignment,
  refuseSampling,
  UNASSIGNED,
} from './effects.ts';
import { cassetteMachine } from './machine.ts';

type Reader = ReadContext<CassetteConfig, CassetteState>;

/** What the Raman probe sees of the contents; no value where there is no probe. */
const byRaman =
  (readout: (amounts: Float64Array) => number) =>
  ({ config, plant }: Reader): number =>
    config.raman ? readout(plant.amounts('core')) : Number.NaN;

/** Raman spectra are taken this often [s]; assumed. */
const SPECTRUM = 300;

/** Closed culture vessel and carrier of one batch: a single-use core in a reusable shell with sensors. */
export const cellCassette = defineDevice({
  type: 'cell-cassette',
  title: 'Cell cassette',
  description:
    'Closed vessel in which a batch lives and travels: single-use core with seven ports in a shell with sensors.',
  identity: { model: 'Cassette', firmware: '1.3.0' },
  size: [0.26, 0.18, 0.1],
  config: {
    core: choice('Core at the start', CORE_SIZES, 's300'),
    maximumUses: integer('Couplings that a port stands', [1, 1000], 50),
    raman: { type: 'flag', title: 'Raman window and probe', default: true },
  },
  quirks: [
    'The infrared sensor looks at the core from below: an empty core shows its own temperature.',
    'Raman readings are as old as the latest spectrum; glucose and cells blur each other in dense cultures.',
    'Released, a core counts as waste until a fresh one is fitted, even when it is empty.',
  ],
  signals: {
    temperature: measured('Cel', 'Temperature by infrared', [-200, 80], 0.1, {
      period: 1,
      noise: 0.1,
      lag: 5,
    }),
    co2: measured('%', 'CO2 by infrared', [0, 100], 0.01, { period: 10, noise: 0.05, lag: 30 }),
    ph: measured('[pH]', 'pH', [4, 10], 0.001, { period: 10, noise: 0.01, driftPerDay: 0.01 }),
    glucose: measured('mmol/L', 'Glucose by Raman', [0, 60], 0.01, {
      period: SPECTRUM,
      noise: 0.3,
    }),
    lactate: measured('mmol/L', 'Lactate by Raman', [0, 100], 0.01, {
      period: SPECTRUM,
      noise: 0.3,
    }),
    viableDensity: measured('10*6.{cells}/mL', 'Living cells by Raman', [0, 500], 0.001, {
      period: SPECTRUM,
      noise: 0.05,
    }),
    confluence: measured('%', 'Covered surface', [0, 200], 0.1, { period: SPECTRUM, noise: 0.5 }),
    batch: worded('Batch', 'Patient batch on the label, empty when none.'),
    patient: worded('Patient', 'Patient on the label, empty when none.'),
    coreSize: worded('Core', `One of ${CORE_SIZES.join(', ')}.`),
    culture: {
      kind: 'enum',
      title: 'Kind of culture',
      direction: 'output',
      values: ['suspension', 'adherent'],
    },
    ports: worded('Ports', 'JSON: port, barcode and uses of each, in the order of the layout.'),
    mostUses: counted('Uses of the port used most', [0, 100_000]),
    samplingValve: { kind: 'boolean', title: 'Sampling valve open', direction: 'output' },
    ...locationSignal,
  },
  commands: {
    assign: {
      title: 'Assign',
      description: 'Writes batch and patient on the label.',
      parameters: {
        batch: { type: 'text', title: 'Batch' },
        patient: { type: 'text', title: 'Patient', default: '' },
      },
      errors: ['INVALID_PARAMETER', 'INTERLOCK'],
      execution: 'instant',
    },
    release: {
      title: 'Release',
      description: 'The batch is done with the cassette: wipes the label; what is left is waste.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    openSamplingValve: {
      title: 'Open sampling valve',
      description: 'Makes the sampling valve be open.',
      parameters: {},
      errors: ['NOT_CONNECTED'],
      execution: 'instant',
    },
    closeSamplingValve: {
      title: 'Close sampling valve',
      description: 'Makes the sampling valve be closed.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {},
  places: () => [],
  ports: () => [],
  vessels: ({ core }) => [{ name: 'core', kind: `cassette-${core}`, pose: IDENTITY_POSE }],
  body: () => 'core',
  wear: mostUsed,
  machine: cassetteMachine,
  initialState: (): CassetteState => ({ ...UNASSIGNED }),
  effects: cassetteEffects,
  preconditions: {
    assign: (ctx, { batch }) => refuseAssignment(ctx, String(batch)),
    openSamplingValve: refuseSampling,
  },
  read: {
    temperature: ({ plant }) => plant.temperature('core'),
    co2: ({ plant }) => equilibriumCo2(plant.amounts('core')),
    ph: ({ plant }) => ph(plant.amounts('core')),
    glucose: byRaman((amounts) => concentration(amounts, S.glucose)),
    lactate: byRaman((amounts) => concentration(amounts, S.lactate)),
    viableDensity: byRaman(livingDensity),
    confluence: (ctx) => confluence(ctx.plant.amounts('core'), coreOf(ctx)?.surface ?? 0),
    batch: (ctx) => coreOf(ctx)?.batch ?? '',
    patient: patientOf,
    coreSize: (ctx) => (coreOf(ctx)?.kind ?? '').replace('cassette-', ''),
    culture: (ctx) =>
      coreOf(ctx)?.kind.startsWith('cassette-a') === true ? 'adherent' : 'suspension',
    ports: portsJson,
    mostUses: (ctx) => mostUsed(ctx).uses,
    samplingValve: ({ plant }) => plant.samplingValve('core'),
    ...locationRead,
  },
  write: {},
  channels: {
    /** 0 free, 1 assigned, 2 released. */
    label: (ctx) => {
      const core = coreOf(ctx);
      return core?.waste === true ? 2 : Number((core?.batch ?? '') !== '');
    },
    samplingValve: ({ plant }) => Number(plant.samplingValve('core')),
  },
  appearance: ({ core, raman }) => ({ core, raman }),
});
