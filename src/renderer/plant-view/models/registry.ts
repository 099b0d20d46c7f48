import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import type { FleetModel, FleetModelBuilder } from '../fleet/fleet-model.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { airMonitor } from './air-monitor.ts';
import { bagFiller } from './bag-filler.ts';
import { bagStand } from './bag-stand.ts';
import { balance } from './balance.ts';
import { bioreactor } from './bioreactor.ts';
import { bottleRack } from './bottle-rack.ts';
import { cellCassette } from './cell-cassette.ts';
import { centrifugeModule } from './modules/centrifuge.ts';
import { disposablesModule } from './modules/disposables.ts';
import { electroporationModule } from './modules/electroporation.ts';
import { fillModule } from './modules/fill.ts';
import { freezerModule } from './modules/freezer.ts';
import { incubationModule } from './modules/incubation.ts';
import { liquidModule } from './modules/liquid.ts';
import { magnetModule } from './modules/magnet.ts';
import { measuringModule } from './modules/measuring.ts';
import { lockModule, parkingModule } from './modules/storage.ts';
import { gasSupplyModule, mediaSupplyModule, wasteModule } from './modules/supplies.ts';
import { thawModule } from './modules/thaw.ts';
import { transductionModule } from './modules/transduction.ts';
import { moduleRack } from './module-rack.ts';
import { moduleTrolley } from './module-trolley.ts';
import { sterileConnector } from './sterile-connector.ts';
import { cellCounter } from './cell-counter.ts';
import { centrifuge } from './centrifuge.ts';
import { controlledRateFreezer } from './controlled-rate-freezer.ts';
import { cryoStore } from './cryo-store.ts';
import { decapper } from './decapper.ts';
import { generic } from './generic.ts';
import { goodsStation } from './goods-station.ts';
import { lift } from './lift.ts';
import { liquidHandler } from './liquid-handler.ts';
import { lock } from './lock.ts';
import { magneticSeparator } from './magnetic-separator.ts';
import { mediaFridge } from './media-fridge.ts';
import { peristalticPump } from './peristaltic-pump.ts';
import { railSystem } from './rail-system.ts';
import { shuttle } from './shuttle.ts';
import { sixAxisArm } from './six-axis-arm.ts';
import { thawUnit } from './thaw-unit.ts';
import { tubeLock } from './tube-lock.ts';
import { tubeWelder } from './tube-welder.ts';
import { wasteStation } from './waste-station.ts';
import { zoneDecontaminator } from './zone-decontaminator.ts';

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
  'goods-station': goodsStation,
  'liquid-handler': liquidHandler,
  lock,
  'magnetic-separator': magneticSeparator,
  'media-fridge': mediaFridge,
  'module-trolley': moduleTrolley,
  'peristaltic-pump': peristalticPump,
  'six-axis-arm': sixAxisArm,
  'thaw-unit': thawUnit,
  'tube-lock': tubeLock,
  'tube-welder': tubeWelder,
  'waste-station': wasteStation,
  'zone-decontaminator': zoneDecontaminator,
};

/** Looks of devices of which there are many, by type. */
const FLEET_MODELS: Readonly<Record<string, FleetModelBuilder>> = {
  'cell-cassette': cellCassette,
  'centrifuge-module': centrifugeModule,
  'disposables-module': disposablesModule,
  'electroporation-module': electroporationModule,
  'fill-module': fillModule,
  'freezer-module': freezerModule,
  'gas-supply-module': gasSupplyModule,
  'incubation-module': incubationModule,
  lift,
  'liquid-module': liquidModule,
  'lock-module': lockModule,
  'magnet-module': magnetModule,
  'measuring-module': measuringModule,
  'media-supply-module': mediaSupplyModule,
  'module-rack': moduleRack,
  'parking-module': parkingModule,
  'rail-system': railSystem,
  shuttle,
  'sterile-connector': sterileConnector,
  'thaw-module': thawModule,
  'transduction-module': transductionModule,
  'waste-module': wasteModule,
};

/** Frames among other devices: their extent is not what stands on the floor. */
const LATTICES = new Set(['rail-system']);

/** Whether a device stands on the floor, or on furniture, with all of its footprint. */
export function standsAsAWhole({ type, body }: ViewEquipment): boolean {
  return body === undefined && !LATTICES.has(type);
}

/** Whether a device stands in racks, close to others: it is seen from its front only. */
export function standsInRacks({ type }: ViewEquipment): boolean {
  return type.endsWith('-module') || type === 'cell-cassette' || type === 'sterile-connector';
}

/** Whether a device is drawn together with all others of its type. */
export function isFleet({ type }: ViewEquipment): boolean {
  return type in FLEET_MODELS;
}

/** The look of a device of which there are many; undefined for all others. */
export function fleetModelOf(equipment: ViewEquipment): FleetModel | undefined {
  return FLEET_MODELS[equipment.type]?.(equipment);
}

/** The model of a device; a plain cabinet where its type has none. */
export function modelOf(equipment: ViewEquipment): Model {
  return (MODELS[equipment.type] ?? generic)(equipment);
}
