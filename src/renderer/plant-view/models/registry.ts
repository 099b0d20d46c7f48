import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { airMonitor } from './air-monitor.ts';
import { bagFiller } from './bag-filler.ts';
import { bagStand } from './bag-stand.ts';
import { balance } from './balance.ts';
import { bioreactor } from './bioreactor.ts';
import { bottleRack } from './bottle-rack.ts';
import { cellCounter } from './cell-counter.ts';
import { centrifuge } from './centrifuge.ts';
import { controlledRateFreezer } from './controlled-rate-freezer.ts';
import { cryoStore } from './cryo-store.ts';
import { decapper } from './decapper.ts';
import { generic } from './generic.ts';
import { liquidHandler } from './liquid-handler.ts';
import { lock } from './lock.ts';
import { magneticSeparator } from './magnetic-separator.ts';
import { mediaFridge } from './media-fridge.ts';
import { peristalticPump } from './peristaltic-pump.ts';
import { sixAxisArm } from './six-axis-arm.ts';
import { thawUnit } from './thaw-unit.ts';
import { tubeLock } from './tube-lock.ts';
import { tubeWelder } from './tube-welder.ts';
import { wasteStation } from './waste-station.ts';

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
  'cryo-store': cryoStore,
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
