import { describe, expect, it } from 'vitest';
import { createTwin } from '../../../src/twin/create-twin.ts';
import { MassBalance } from '../../../src/twin/mass-balance.ts';
import { DOUBLING, SPECIES } from '../support/test-plant.ts';
import { loadStacked, stackedProblems } from '../support/stacked-devices.ts';

const SERVED = `supplies:
  gas: { title: Gas, carries: gas, to: [rack-1], bore: 8 mm }
  medium: { title: Medium, carries: medium, from: source-1.tank, to: [rack-1], bore: 6 mm }
`;
const STACK = `devices:
  flask-1: { type: flask, title: Flask, in: box-1.shelf }
  box-1: { type: box, title: Box, in: rack-1.dock4 }
  rack-1: { type: rack, title: Rack, zone: hall, at: [3 m, 2 m, 0.5 m], yaw: 90 deg }
  source-1: { type: source, title: Source, zone: hall, at: [6 m, 2 m, 0 m] }
`;

describe('devices in places of others', () => {
  it('are where the place is, through any number of holders and in any order', () => {
    const scene = loadStacked(STACK + SERVED);
    const [flask, box, rack] = scene.devices;
    expect([flask?.in, box?.in, rack?.in]).toEqual(['box-1.shelf', 'rack-1.dock4', undefined]);
    expect([flask?.zone, box?.zone]).toEqual(['hall', 'hall']);
    // Dock 4 is 0.35 m to the right of the rack's middle, which the yaw turns to +Y.
    const near = (expected: readonly number[]) => expected.map((x) => expect.closeTo(x, 9));
    expect(box?.pose.position).toEqual(near([3, 2.35, 1.6]));
    expect(flask?.pose.position).toEqual(near([3, 2.35, 1.8]));
    expect(flask?.pose.orientation).toEqual(rack?.pose.orientation);
  });

  it('are there in the twin as well', () => {
    const scene = loadStacked(STACK + SERVED);
    const { locations } = createTwin({
      scene,
      seed: 1,
      species: SPECIES,
      dynamics: DOUBLING,
      massBalance: new MassBalance([]),
      observers: [],
      fill: () => new Float64Array(SPECIES.count),
    }).plant;
    for (const { id, pose, zone } of scene.devices) {
      expect(locations.devicePose(id)).toEqual(pose);
      expect(locations.deviceZone(id)).toBe(zone);
    }
    expect(locations.location('flask-1')).toBe('box-1.shelf');
  });

  it.each([
    [
      'a place that is taken',
      'in: box-1.shelf }',
      'in: box-1.shelf }\n  flask-2: { type: flask, title: Second, in: box-1.shelf }',
      /box-1.shelf already holds flask-1/,
      'another place',
      'flask-2',
    ],
    [
      'a body that does not fit',
      'in: box-1.shelf',
      'in: rack-1.dock3',
      /dock3 does not take a bottle-250, which is the body of flask-1/,
      'It takes reactor-2l',
      'flask-1',
    ],
    [
      'an unknown place',
      'in: rack-1.dock4',
      'in: rack-1.dock9',
      /no place "rack-1.dock9"/,
      'rack-1.dock1, ',
      'dock9',
    ],
    [
      'an unknown holder',
      'in: rack-1.dock4',
      'in: rack-9.dock4',
      /no place "rack-9.dock4"/,
      'no device "rack-9"',
      'rack-9',
    ],
    [
      'a device without a body',
      'zone: hall, at: [6 m, 2 m, 0 m]',
      'in: rack-1.dock1',
      /a source has no body/,
      'zone and at',
      'source-1',
    ],
    [
      'a zone besides the place',
      'in: box-1.shelf',
      'in: box-1.shelf, zone: hall',
      /devices.flask-1.zone|follows from the place/,
      'Remove it',
      'flask-1',
    ],
    [
      'neither zone nor place',
      ', in: box-1.shelf',
      ', zone: hall',
      /is missing/,
      'zone and at',
      'flask-1',
    ],
  ])('%s is reported', (_, from, to, message, remedy, source) => {
    expect(STACK).toContain(from);
    const problems = stackedProblems(STACK.replace(from, to) + SERVED);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(problems[0]?.source).toContain(source);
    expect(problems).toHaveLength(1);
  });

  it('what stands in itself is reported once', () => {
    const problems = stackedProblems(`devices:
  one: { type: crate, title: One, in: two.bay }
  two: { type: crate, title: Two, in: three.bay }
  three: { type: crate, title: Three, in: one.bay }
  flask-1: { type: flask, title: Flask, in: two.shelf }
`);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe('one stands in itself: one in two in three in one');
    expect(problems[0]?.source).toContain('one:');
  });

  it('a vessel in the place of a device is reported', () => {
    const problems = stackedProblems(
      `${STACK}${SERVED}vessels:\n  bottle: { kind: bottle-250, place: box-1.shelf }\n`,
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe('box-1.shelf already holds flask-1');
  });

  it('one wrong device does not make what names its parts wrong', () => {
    const problems = stackedProblems(STACK.replace('type: rack', 'type: rag') + SERVED);
    expect(problems.map(({ message }) => message)).toEqual(['unknown device type "rag"']);
  });

  it('overlap with what they do not stand in, but not with what they stand in', () => {
    const crowd = STACK.replace(
      'source-1:',
      'source-2: { type: source, title: Crate, zone: hall, at: [3 m, 2.5 m, 1.7 m] }\n  source-1:',
    );
    const problems = stackedProblems(crowd + SERVED);
    expect(problems.map(({ message }) => message)).toEqual([
      'source-2 overlaps flask-1 by 0.10 m',
      'source-2 overlaps box-1 by 0.40 m',
      'source-2 overlaps rack-1 by 0.45 m',
    ]);
  });
});
