import { counted, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
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
  EMPTY_LOCK,
  lockModuleEffects,
  type LockModuleState,
  refuseAdmission,
  refuseDispatch,
  refuseExpelling,
  refuseReceiving,
} from './effects.ts';
import { lockModuleMachine } from './machine.ts';

/** Hands bags and cassettes through the wall: decontaminated on their way in. */
export const lockModule = defineDevice({
  type: 'lock-module',
  title: 'Lock module',
  description:
    'Lock between operators and the plant, for patient bags, product bags and cassettes.',
  identity: { model: 'Module Lock', firmware: '1.2.0' },
  size: MODULE_SIZE,
  config: {
    handlingTime: quantity('s', 'Time of the operator', [5, 3600], 120),
    decontaminationTime: quantity('min', 'Time of a decontamination', [0.1, 600], 15),
  },
  quirks: ['Places are shut off from the inside while something is handed through.'],
  signals: {
    ...moduleSignals,
    bag: worded('Bag', 'Vessel in the place for bags, empty when there is none.'),
    received: counted('Bags received', [0, 1_000_000]),
  },
  commands: {
    receive: {
      title: 'Receive bag',
      description: 'A bag of starting material from outside is put in and decontaminated.',
      parameters: {
        batch: { type: 'text', title: 'Batch on the label' },
        material: { type: 'text', title: 'Material', default: 'apheresis' },
        volume: quantity('mL', 'Volume', [1, 240], 100, 'exact'),
        temperature: quantity('Cel', 'Temperature', [-196, 40], -150, 'exact'),
      },
      errors: ['INVALID_PARAMETER', 'PLACE_OCCUPIED', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    dispatch: {
      title: 'Dispatch bag',
      description: 'What stands in the place for bags leaves the plant.',
      parameters: {},
      errors: ['NO_VESSEL', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    admit: {
      title: 'Admit cassette',
      description: 'A cassette from another place is put in by hand and decontaminated.',
      parameters: { vessel: { type: 'reference', to: 'vessel', title: 'Body of the cassette' } },
      errors: ['UNKNOWN_VESSEL', 'WRONG_VESSEL', 'NO_VESSEL', 'PLACE_OCCUPIED', 'ABORTED'],
      execution: 'timed',
    },
    expel: {
      title: 'Expel cassette',
      description: 'The cassette is taken out by hand and put into another place.',
      parameters: { to: { type: 'reference', to: 'place', title: 'Place' } },
      errors: ['NO_VESSEL', 'UNKNOWN_PLACE', 'PLACE_OCCUPIED', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Ends the handing through; what has been put in stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {},
  solids: () => MODULE_SOLIDS,
  places: () => [
    TRANSFER,
    {
      name: 'bag',
      title: 'Bag',
      pose: upright(0.23, -0.2, 0.62),
      accepts: ['cryobag', 'product-bag'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: lockModuleMachine,
  initialState: (): LockModuleState => ({ ...EMPTY_LOCK }),
  effects: lockModuleEffects,
  preconditions: {
    receive: refuseReceiving,
    dispatch: refuseDispatch,
    admit: refuseAdmission,
    expel: refuseExpelling,
  },
  read: {
    ...moduleRead,
    bag: ({ plant }) => plant.vesselAt('bag')?.id ?? '',
    received: ({ state }) => state.received,
  },
  write: {},
  channels: {
    ...moduleChannels,
    handing: ({ machineState }) => Number(machineState !== 'idle' && machineState !== 'broken'),
    decontaminating: ({ machineState }) => Number(machineState === 'decontaminating'),
  },
  appearance: () => ({}),
});
