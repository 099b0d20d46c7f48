import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { balance } from './balance.ts';
import {
  airMonitor,
  bagFiller,
  cellCounter,
  magneticSeparator,
  thawUnit,
  tubeLock,
  tubeWelder,
} from './bench-devices.ts';
import { bioreactor } from './bioreactor.ts';
import { controlledRateFreezer, lock, mediaFridge } from './cabinets.ts';
import { centrifuge } from './centrifuge.ts';
import { decapper } from './decapper.ts';
import { generic } from './generic.ts';
import { liquidHandler } from './liquid-handler.ts';
import { peristalticPump } from './peristaltic-pump.ts';
import { sixAxisArm } from './six-axis-arm.ts';
import { bagStand, bottleRack, wasteStation } from './stands.ts';

/** Models by device type. */
const MODELS: Readonly<Record<string, ModelBuilder>> = {
  'air-monitor': airMonitor,
  'bag-filler': bagFiller,
  'bag-stand': bagStand,
  balance,
  bioreactor,
  'bottle-rack': bottleRack,
  'cell-counter': cellCounter,
  centrifuge,
  'controlled-rate-freezer': controlledRateFreezer,
  decapper,
  'liquid-handler': liquidHandler,
  lock,
  'magnetic-separator': magneticSeparator,
  'media-fridge': mediaFridge,
  'peristaltic-pump': peristalticPump,
  'six-axis-arm': sixAxisArm,
  'thaw-unit': thawUnit,
  'tube-lock': tubeLock,
  'tube-welder': tubeWelder,
  'waste-station': wasteStation,
};

/** The model of a device; a plain cabinet where its type has none. */
export function modelOf(equipment: ViewEquipment): Model {
  return (MODELS[equipment.type] ?? generic)(equipment);
}
