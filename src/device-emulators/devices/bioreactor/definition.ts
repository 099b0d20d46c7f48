import { concentration, dissolvedOxygen, livingDensity, ph } from '../../../bio-models/readouts.ts';
import { S } from '../../../bio-models/species.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { applyControl, type BioreactorState, checkAlarms } from './control.ts';
import { bioreactorMachine } from './machine.ts';

const RPM = (2 * Math.PI) / 60;

/** Whether it controls, and so stirs, in a state of its machine; not while it is broken down. */
function stirs(machineState: string): boolean {
  return machineState.startsWith('controlling');
}

/** Stirred bioreactor with its own vessel; small ones transduce, large ones expand. */
export const bioreactor = defineDevice({
  type: 'bioreactor',
  title: 'Bioreactor',
  description: 'Stirred, heated and gassed bioreactor with cell-retaining permeate port.',
  identity: { model: 'Stir', firmware: '4.1.0' },
  size: [0.4, 0.4, 0.6],
  config: {
    size: {
      type: 'choice',
      title: 'Vessel',
      options: ['reactor-200', 'reactor-2l'],
      default: 'reactor-2l',
    },
    heatTransfer: {
      type: 'quantity',
      title: 'Conductance to the room',
      unit: 'W/K',
      min: 0.01,
      max: 10,
      default: 0.2,
      fidelity: 'assumed',
    },
    jacketConductance: {
      type: 'quantity',
      title: 'Conductance of the jacket',
      unit: 'W/K',
      min: 0.1,
      max: 50,
      default: 4,
      fidelity: 'assumed',
    },
    kLaAtReference: {
      type: 'quantity',
      title: 'Oxygen transfer at 100 rpm',
      unit: '/h',
      min: 0.5,
      max: 50,
      default: 10,
      fidelity: 'assumed',
    },
    retention: {
      type: 'quantity',
      title: 'Cells held back by the permeate filter',
      unit: '%',
      min: 0,
      max: 100,
      default: 100,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The capacitance probe counts living cells by volume and reads high after activation.',
    'After a power cut or a repair it goes on by itself with the set-points that it had.',
  ],
  signals: {
    temperature: {
      kind: 'number',
      title: 'Temperature',
      direction: 'output',
      unit: 'Cel',
      range: [0, 60],
      resolution: 0.01,
      sensor: { period: 1, noise: 0.02 },
      fidelity: 'assumed',
    },
    ph: {
      kind: 'number',
      title: 'pH',
      direction: 'output',
      unit: '[pH]',
      range: [4, 10],
      resolution: 0.001,
      sensor: { period: 1, noise: 0.003, driftPerDay: 0.01 },
      fidelity: 'assumed',
    },
    oxygen: {
      kind: 'number',
      title: 'Dissolved oxygen',
      direction: 'output',
      unit: '%',
      range: [0, 300],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.3 },
      fidelity: 'assumed',
    },
    volume: {
      kind: 'number',
      title: 'Volume by load cell',
      direction: 'output',
      unit: 'mL',
      range: [0, 3000],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.3 },
      fidelity: 'assumed',
    },
    glucose: {
      kind: 'number',
      title: 'Glucose',
      direction: 'output',
      unit: 'mmol/L',
      range: [0, 60],
      resolution: 0.01,
      sensor: { period: 60, noise: 0.2 },
      fidelity: 'assumed',
    },
    lactate: {
      kind: 'number',
      title: 'Lactate',
      direction: 'output',
      unit: 'mmol/L',
      range: [0, 60],
      resolution: 0.01,
      sensor: { period: 60, noise: 0.2 },
      fidelity: 'assumed',
    },
    livingCellDensity: {
      kind: 'number',
      title: 'Living cells by capacitance',
      direction: 'output',
      unit: '10*6.{cells}/mL',
      range: [0, 100],
      resolution: 0.001,
      sensor: { period: 60, noise: 0.03 },
      fidelity: 'assumed',
    },
    agitation: {
      kind: 'number',
      title: 'Stirrer speed',
      direction: 'output',
      unit: '/min',
      range: [0, 400],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.1 },
      fidelity: 'assumed',
    },
    temperatureSetpoint: {
      kind: 'number',
      title: 'Temperature set-point',
      direction: 'input',
      unit: 'Cel',
      range: [4, 42],
      resolution: 0.1,
      fidelity: 'exact',
    },
    phSetpoint: {
      kind: 'number',
      title: 'pH set-point',
      direction: 'input',
      unit: '[pH]',
      range: [6.5, 8],
      resolution: 0.01,
      fidelity: 'exact',
    },
    oxygenSetpoint: {
      kind: 'number',
      title: 'Oxygen set-point',
      direction: 'input',
      unit: '%',
      range: [5, 150],
      resolution: 1,
      fidelity: 'exact',
    },
    agitationSetpoint: {
      kind: 'number',
      title: 'Stirrer set-point',
      direction: 'input',
      unit: '/min',
      range: [0, 400],
      resolution: 1,
      fidelity: 'exact',
    },
  },
  commands: {
    start: {
      title: 'Start control',
      description: 'Controls temperature, gas and stirring.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    stop: {
      title: 'Stop control',
      description: 'Leaves the culture to itself.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    exchangeVessel: {
      title: 'Exchange vessel',
      description:
        'An operator puts in a new single-use vessel; the old one leaves with all that it holds.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
  },
  alarms: {
    oxygenLow: {
      title: 'Oxygen low',
      priority: 'high',
      latching: false,
      cause: 'Dissolved oxygen below 10 % of air saturation.',
      action: 'Raise stirring or oxygen set-point, or perfuse.',
    },
    phLow: {
      title: 'pH low',
      priority: 'high',
      latching: false,
      cause: 'pH below 6.8, usually lactate.',
      action: 'Exchange medium.',
    },
    temperatureDeviation: {
      title: 'Temperature off',
      priority: 'medium',
      latching: false,
      cause: 'More than 3 K from the set-point after it had been reached.',
      action: 'Slow the feed of cold medium down; else check the jacket.',
    },
    levelHigh: {
      title: 'Level high',
      priority: 'high',
      latching: false,
      cause: 'More than nine tenths full.',
      action: 'Stop feeding or remove permeate.',
    },
  },
  faults: {
    heaterFailure: {
      title: 'Heater fails',
      description: 'The jacket gets no heat: the culture cools down to the room.',
    },
    gasFailure: {
      title: 'Gas supply fails',
      description: 'Neither oxygen nor carbon dioxide comes in any more.',
    },
  },
  places: () => [],
  ports: (config) => [
    { name: 'inlet', title: 'Inlet', position: [-0.05, 0, 0.5], vessel: { own: 'culture' } },
    { name: 'feed', title: 'Feed', position: [0, -0.05, 0.5], vessel: { own: 'culture' } },
    {
      name: 'harvest',
      title: 'Harvest',
      position: [0.05, 0, 0.5],
      vessel: { own: 'culture' },
      manifold: true,
    },
    {
      name: 'permeate',
      title: 'Permeate',
      position: [0, 0.05, 0.5],
      vessel: { own: 'culture' },
      retention: config.retention,
    },
  ],
  vessels: (config) => [
    {
      name: 'culture',
      kind: config.size,
      pose: { position: [0, 0, 0.18], orientation: [0, 0, 0, 1] },
    },
  ],
  machine: bioreactorMachine,
  initialState: (): BioreactorState => ({
    temperatureSetpoint: 310.15,
    oxygenSetpoint: 0.5,
    phSetpoint: 7.15,
    agitationSetpoint: 100 * RPM,
    settled: false,
    steadyLooks: 0,
  }),
  effects: {
    startControl: (ctx) => {
      ctx.state.settled = false;
      ctx.state.steadyLooks = 0;
      applyControl(ctx);
    },
    awaitTouch: (ctx) => ctx.plant.awaitTouch('culture'),
    disturbed: (ctx) => {
      ctx.state.steadyLooks = 0;
    },
    stopControl: (ctx) => ctx.plant.setEnvironment('culture', undefined),
    failingChanged: (ctx) => {
      ctx.state.steadyLooks = 0;
      ctx.raise({ type: 'unsteady' });
      applyControl(ctx);
    },
    vesselExchanged: (ctx) => ctx.plant.refit('culture', ctx.config.size),
    checkAlarms,
  },
  preconditions: {},
  read: {
    temperature: ({ plant }) => plant.temperature('culture'),
    ph: ({ plant }) => ph(plant.amounts('culture')),
    oxygen: ({ plant }) => dissolvedOxygen(plant.amounts('culture')),
    volume: ({ plant }) => plant.volume('culture'),
    glucose: ({ plant }) => concentration(plant.amounts('culture'), S.glucose),
    lactate: ({ plant }) => concentration(plant.amounts('culture'), S.lactate),
    livingCellDensity: ({ plant }) => livingDensity(plant.amounts('culture')),
    agitation: ({ state, machineState }) => (stirs(machineState) ? state.agitationSetpoint : 0),
    temperatureSetpoint: ({ state }) => state.temperatureSetpoint,
    phSetpoint: ({ state }) => state.phSetpoint,
    oxygenSetpoint: ({ state }) => state.oxygenSetpoint,
    agitationSetpoint: ({ state }) => state.agitationSetpoint,
  },
  write: {
    temperatureSetpoint: (ctx, value) => {
      ctx.state.temperatureSetpoint = Number(value);
      ctx.state.settled = false;
      if (stirs(ctx.machineState)) applyControl(ctx);
    },
    phSetpoint: (ctx, value) => {
      ctx.state.phSetpoint = Number(value);
      if (stirs(ctx.machineState)) applyControl(ctx);
    },
    oxygenSetpoint: (ctx, value) => {
      ctx.state.oxygenSetpoint = Number(value);
      if (stirs(ctx.machineState)) applyControl(ctx);
    },
    agitationSetpoint: (ctx, value) => {
      ctx.state.agitationSetpoint = Number(value);
      if (stirs(ctx.machineState)) applyControl(ctx);
    },
  },
  channels: {
    agitation: ({ state, machineState }) => (stirs(machineState) ? state.agitationSetpoint : 0),
  },
  appearance: (config) => ({ size: config.size }),
});
