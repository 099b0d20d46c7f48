import type { Value } from '../../kernel/plant-contract.ts';

/** When a device needs a person, and what that person tells it afterwards. */
export interface CareRule {
  /** Command that the device has, if the rule is for it. */
  readonly command: string;
  readonly parameters: Readonly<Record<string, Value>>;
  /** Signal that is looked at, and the limit beyond which something is to be done. */
  readonly signal: string;
  readonly below?: number;
  readonly above?: number;
  /** What the person is asked for. */
  readonly text: string;
  /** Whether nothing else may be done at the device meanwhile: its transfer place must be had first. */
  readonly alone?: boolean;
}

/** Limits leave time for the person to come; all assumed. */
export const CARE_RULES: readonly CareRule[] = [
  {
    command: 'replaceTank',
    parameters: { tank: 'tank', volume: 180 },
    signal: 'mediumLevel',
    below: 40,
    text: 'exchange the tank of medium',
  },
  {
    command: 'replaceTank',
    parameters: { tank: 'buffer', volume: 180 },
    signal: 'bufferLevel',
    below: 40,
    text: 'exchange the tank of buffer',
  },
  {
    command: 'replaceBottle',
    parameters: {},
    signal: 'level',
    below: 10,
    text: 'exchange the gas bottle',
  },
  {
    command: 'empty',
    parameters: {},
    signal: 'level',
    above: 140,
    text: 'empty the waste',
  },
  ...['coresS100', 'coresS300', 'coresS1000', 'coresA100', 'coresA300', 'coresA1000', 'bags'].map(
    (signal) => ({
      command: 'restock',
      parameters: {},
      signal,
      below: 4,
      text: 'fill up with cores and bags',
    }),
  ),
  {
    command: 'loadBags',
    parameters: {},
    signal: 'bags',
    below: 4,
    text: 'fill the magazine of bags',
    alone: true,
  },
  {
    command: 'exchangeBag',
    parameters: {},
    signal: 'exchangeDue',
    above: 0,
    text: 'exchange the bag',
  },
  {
    command: 'emptyWaste',
    parameters: {},
    signal: 'waste',
    above: 1200,
    text: 'take the liquid waste away',
    alone: true,
  },
];
