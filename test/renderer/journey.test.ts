import { describe, expect, it } from 'vitest';
import { parsePorts } from '../../src/renderer/panels/faceplate/parse-ports.ts';
import { byVessel, joinAtDevices } from '../../src/renderer/panels/journey/visit-look.ts';

describe('the way of a vessel in short', () => {
  it('joins stays at one device, the present one left open', () => {
    const stay = (place: string, came: number, left?: number) => ({
      ...{ vessel: 'c1', place, came },
      ...(left === undefined ? {} : { left }),
    });
    expect(
      joinAtDevices([
        stay('incubator.transfer', 1, 2),
        stay('incubator.slot1', 2, 9),
        stay('measuring.transfer', 10, 11),
        stay('incubator.transfer', 12, 13),
        stay('incubator.slot2', 13),
      ]),
    ).toEqual([
      stay('incubator.transfer', 1, 9),
      stay('measuring.transfer', 10, 11),
      stay('incubator.transfer', 12),
    ]);
  });

  it('is told vessel by vessel in the order of their coming', () => {
    const visits = ['bag', 'cassette', 'bag'].map((vessel, i) => ({ vessel, place: `p.${i}` }));
    expect(byVessel(visits).map(([vessel, own]) => [vessel, own.length])).toEqual([
      ['bag', 2],
      ['cassette', 1],
    ]);
  });
});

describe('the ports of a cassette', () => {
  it('are those that its signal lists, and none before it came', () => {
    expect(parsePorts('[{"port":"gasIn","barcode":"c1/gasIn","uses":2}]')).toHaveLength(1);
    expect(parsePorts('')).toEqual([]);
    expect(parsePorts('7')).toEqual([]);
  });
});
