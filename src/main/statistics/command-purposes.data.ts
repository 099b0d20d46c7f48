/** What the time of a command counts as; all others are work on the product. */
export type Purpose = 'work' | 'transfer' | 'set-up';

const TRANSFER = [
  'carry',
  'moveHome',
  'pick',
  'place',
  'load',
  'unload',
  'store',
  'retrieve',
  'releaseManually',
  'takeOff',
];

const SET_UP = [
  'couple',
  'seal',
  'sterilise',
  'leakTest',
  'open',
  'close',
  'decouple',
  'connect',
  'disconnect',
  'weld',
  'renew',
  'renewTubing',
  'exchangeVessel',
  'exchangeBag',
  'exchangeSet',
  'changeBin',
  'changeBag',
  'decontaminate',
  'fitCore',
  'loadTips',
  'loadBags',
  'restock',
  'refill',
  'replaceTank',
  'replaceBottle',
  'empty',
  'openLid',
  'closeLid',
  'openDoor',
  'closeDoor',
  'openInner',
  'closeInner',
  'openOuter',
  'closeOuter',
  'openValve',
  'closeValve',
  'deliver',
  'collect',
  'eject',
  'takeModule',
  'insertModule',
  'receive',
  'dispatch',
];

const PURPOSES: ReadonlyMap<string, Purpose> = new Map([
  ...TRANSFER.map((command) => [command, 'transfer'] as const),
  ...SET_UP.map((command) => [command, 'set-up'] as const),
]);

export function purposeOf(command: string): Purpose {
  return PURPOSES.get(command) ?? 'work';
}
