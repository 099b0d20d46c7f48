import {
  IconBolt,
  IconBottle,
  IconBox,
  IconCube,
  IconDna2,
  IconDoorEnter,
  IconDroplet,
  IconFlask,
  IconMagnet,
  IconMicroscope,
  IconParking,
  IconRotateClockwise2,
  IconSnowflake,
  IconSnowflakeOff,
  IconTemperature,
  IconTrash,
  IconWind,
} from '@tabler/icons-react';

/** Sign of a kind of module, and its name. */
export interface ModuleKind {
  readonly title: string;
  readonly Icon: typeof IconCube;
}

/** By device type. */
const KINDS: Readonly<Record<string, ModuleKind>> = {
  'incubation-module': { title: 'Incubation', Icon: IconTemperature },
  'centrifuge-module': { title: 'Centrifuge', Icon: IconRotateClockwise2 },
  'magnet-module': { title: 'Magnet', Icon: IconMagnet },
  'liquid-module': { title: 'Liquid', Icon: IconDroplet },
  'transduction-module': { title: 'Transduction', Icon: IconDna2 },
  'electroporation-module': { title: 'Electroporation', Icon: IconBolt },
  'measuring-module': { title: 'Measuring', Icon: IconMicroscope },
  'thaw-module': { title: 'Thaw', Icon: IconSnowflakeOff },
  'freezer-module': { title: 'Freezer', Icon: IconSnowflake },
  'fill-module': { title: 'Fill and seal', Icon: IconBottle },
  'parking-module': { title: 'Parking', Icon: IconParking },
  'lock-module': { title: 'Lock', Icon: IconDoorEnter },
  'disposables-module': { title: 'Disposables', Icon: IconBox },
  'media-supply-module': { title: 'Media supply', Icon: IconFlask },
  'gas-supply-module': { title: 'Gas supply', Icon: IconWind },
  'waste-module': { title: 'Waste', Icon: IconTrash },
};

/** A kind that nobody drew a sign for is a box with its type's name. */
export function kindOf(type: string): ModuleKind {
  return (
    KINDS[type] ?? { title: type.replace(/-module$/, '').replaceAll('-', ' '), Icon: IconCube }
  );
}

/** Number at the end of a title; empty when it has none. */
export function numberIn(title: string): string {
  return /\d+$/.exec(title)?.[0] ?? '';
}
