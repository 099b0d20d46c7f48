import { describe, expect, it } from 'vitest';
import { loadStacked, stackedProblems } from '../support/stacked-devices.ts';

const DEVICES = `devices:
  rack-1: { type: rack, title: Rack, zone: hall, at: [3 m, 2 m, 0 m] }
  source-1: { type: source, title: Source, zone: hall, at: [6 m, 2 m, 0 m] }
  box-1: { type: box, title: Box, in: rack-1.dock1 }
  rack-2: { type: rack, title: Rack, zone: hall, at: [9 m, 2 m, 0 m] }
  box-2: { type: box, title: Box, in: rack-2.dock1 }
`;
const SUPPLIES = `supplies:
  gas: { title: Gas, carries: gas, to: [rack-1, box-2], bore: 8 mm, points: [[1 m, 1 m, 3 m]] }
  medium: { title: Medium, carries: medium, from: source-1.tank, to: [rack-1, box-2], bore: 6 mm }
`;

describe('supplies', () => {
  it('are loaded in SI', () => {
    const { supplies } = loadStacked(DEVICES + SUPPLIES);
    expect(supplies[0]).toEqual({
      id: 'gas',
      title: 'Gas',
      carries: 'gas',
      from: '',
      to: ['rack-1', 'box-2'],
      bore: 0.008,
      points: [[1, 1, 3]],
    });
    expect(supplies[1]?.from).toBe('source-1.tank');
  });

  it('of gas may come from a device that opens and shuts them', () => {
    const text = SUPPLIES.replace('carries: gas,', 'carries: gas, from: source-1,');
    expect(loadStacked(DEVICES + text).supplies[0]?.from).toBe('source-1');
  });

  it.each([
    [
      'a device that gets none',
      'carries: gas, to: [rack-1, box-2]',
      'carries: gas, to: [rack-1]',
      /^box-2 needs gas and no supply/,
      'Add box-2, or rack-2 in which it stands, to the "to" of a supply that carries gas',
      'box-2:',
    ],
    [
      'a docked device whose holder gets none',
      'carries: gas, to: [rack-1, box-2]',
      'carries: gas, to: [box-2]',
      /^box-1 needs gas/,
      'Add box-1, or rack-1 in which it stands, to',
      'box-1:',
    ],
    [
      'an unknown device',
      'to: [rack-1, box-2], bore: 6 mm',
      'to: [rack-1, box-2, rack-3], bore: 6 mm',
      /no device "rack-3"/,
      'Name a device',
      'medium:',
    ],
    [
      'a source that is no own vessel',
      'source-1.tank',
      'rack-1.dock1',
      /no device's own vessel "rack-1.dock1"/,
      '"rack-1" has no vessels',
      'medium:',
    ],
    [
      'a vessel as source of gas',
      'carries: gas,',
      'carries: gas, from: source-1.tank,',
      /no device "source-1.tank"/,
      'Name the device that opens and shuts it',
      'gas:',
    ],
    [
      'a missing source',
      ' from: source-1.tank,',
      '',
      /from is missing/,
      'from: supply-1.tank',
      'medium:',
    ],
    [
      'a device named twice',
      'to: [rack-1, box-2], bore: 8',
      'to: [rack-1, box-2, rack-1], bore: 8',
      /rack-1 is named twice/,
      'Leave it out',
      'gas:',
    ],
    [
      'nothing served',
      'to: [rack-1, box-2], bore: 8',
      'to: [], bore: 8',
      /serves nothing/,
      'at least one',
      'gas:',
    ],
  ])('%s is reported', (_, from, to, message, remedy, source) => {
    expect(SUPPLIES).toContain(from);
    const problems = stackedProblems(DEVICES + SUPPLIES.replace(from, to));
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(problems[0]?.source).toContain(source);
    expect(problems).toHaveLength(1);
  });
});
