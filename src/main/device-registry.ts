import type { AnyDeviceDefinition } from '../device-emulators/definition/device.ts';
import { airMonitor } from '../device-emulators/devices/air-monitor/definition.ts';
import { bagFiller } from '../device-emulators/devices/bag-filler/definition.ts';
import { bagStand } from '../device-emulators/devices/bag-stand/definition.ts';
import { balance } from '../device-emulators/devices/balance/definition.ts';
import { bioreactor } from '../device-emulators/devices/bioreactor/definition.ts';
import { bottleRack } from '../device-emulators/devices/bottle-rack/definition.ts';
import { cellCassette } from '../device-emulators/devices/cell-cassette/definition.ts';
import { cellCounter } from '../device-emulators/devices/cell-counter/definition.ts';
import { centrifugeModule } from '../device-emulators/devices/centrifuge-module/definition.ts';
import { centrifuge } from '../device-emulators/devices/centrifuge/definition.ts';
import { controlledRateFreezer } from '../device-emulators/devices/controlled-rate-freezer/definition.ts';
import { cryoStore } from '../device-emulators/devices/cryo-store/definition.ts';
import { decapper } from '../device-emulators/devices/decapper/definition.ts';
import { electroporationModule } from '../device-emulators/devices/electroporation-module/definition.ts';
import { fillModule } from '../device-emulators/devices/fill-module/definition.ts';
import { freezerModule } from '../device-emulators/devices/freezer-module/definition.ts';
import { goodsStation } from '../device-emulators/devices/goods-station/definition.ts';
import { disposablesModule } from '../device-emulators/devices/disposables-module/definition.ts';
import { incubationModule } from '../device-emulators/devices/incubation-module/definition.ts';
import { lift } from '../device-emulators/devices/lift/definition.ts';
import { liquidHandler } from '../device-emulators/devices/liquid-handler/definition.ts';
import { liquidModule } from '../device-emulators/devices/liquid-module/definition.ts';
import { lock } from '../device-emulators/devices/lock/definition.ts';
import { magnetModule } from '../device-emulators/devices/magnet-module/definition.ts';
import { magneticSeparator } from '../device-emulators/devices/magnetic-separator/definition.ts';
import { measuringModule } from '../device-emulators/devices/measuring-module/definition.ts';
import { mediaFridge } from '../device-emulators/devices/media-fridge/definition.ts';
import { moduleRack } from '../device-emulators/devices/module-rack/definition.ts';
import { moduleTrolley } from '../device-emulators/devices/module-trolley/definition.ts';
import { peristalticPump } from '../device-emulators/devices/peristaltic-pump/definition.ts';
import { railSystem } from '../device-emulators/devices/rail-system/definition.ts';
import { shuttle } from '../device-emulators/devices/shuttle/definition.ts';
import { sixAxisArm } from '../device-emulators/devices/six-axis-arm/definition.ts';
import { thawModule } from '../device-emulators/devices/thaw-module/definition.ts';
import { sterileConnector } from '../device-emulators/devices/sterile-connector/definition.ts';
import { thawUnit } from '../device-emulators/devices/thaw-unit/definition.ts';
import { transductionModule } from '../device-emulators/devices/transduction-module/definition.ts';
import { tubeLock } from '../device-emulators/devices/tube-lock/definition.ts';
import { tubeWelder } from '../device-emulators/devices/tube-welder/definition.ts';
import { wasteStation } from '../device-emulators/devices/waste-station/definition.ts';
import { zoneDecontaminator } from '../device-emulators/devices/zone-decontaminator/definition.ts';
import { gasSupplyModule } from '../device-emulators/devices/gas-supply-module/definition.ts';
import { lockModule } from '../device-emulators/devices/lock-module/definition.ts';
import { mediaSupplyModule } from '../device-emulators/devices/media-supply-module/definition.ts';
import { parkingModule } from '../device-emulators/devices/parking-module/definition.ts';
import { wasteModule } from '../device-emulators/devices/waste-module/definition.ts';

const DEFINITIONS: readonly AnyDeviceDefinition[] = [
  airMonitor,
  bagFiller,
  bagStand,
  balance,
  bioreactor,
  bottleRack,
  cellCassette,
  cellCounter,
  centrifuge,
  centrifugeModule,
  controlledRateFreezer,
  cryoStore,
  decapper,
  electroporationModule,
  fillModule,
  freezerModule,
  goodsStation,
  disposablesModule,
  incubationModule,
  lift,
  liquidHandler,
  liquidModule,
  lock,
  magnetModule,
  magneticSeparator,
  measuringModule,
  mediaFridge,
  moduleRack,
  moduleTrolley,
  peristalticPump,
  railSystem,
  shuttle,
  sixAxisArm,
  thawModule,
  sterileConnector,
  thawUnit,
  transductionModule,
  tubeLock,
  tubeWelder,
  wasteStation,
  zoneDecontaminator,
  gasSupplyModule,
  lockModule,
  mediaSupplyModule,
  parkingModule,
  wasteModule,
];

const BY_TYPE = new Map(DEFINITIONS.map((definition) => [definition.type, definition]));

/** All device types of this build, by name. */
export function deviceDefinitions(): ReadonlyMap<string, AnyDeviceDefinition> {
  return BY_TYPE;
}
