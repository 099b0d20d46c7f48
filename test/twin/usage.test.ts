import { describe, expect, it } from 'vitest';
import { movablesTwin } from './support/movables.ts';

const MINUTE = 60e6;

describe('usage', () => {
  it('counts operations that end well and badly, and those under way', () => {
    const twin = movablesTwin();
    const work = (): void => {
      twin.execute({
        kind: 'invoke',
        client: 'test',
        sequence: 0,
        device: 'box',
        command: 'work',
        parameters: {},
      });
    };
    work();
    twin.advanceTo(MINUTE);
    work();
    twin.advanceTo(MINUTE + 4e6);
    const fault = { kind: 'fault', client: 'test', sequence: 1, device: 'box' } as const;
    twin.execute({ ...fault, fault: 'breakdown', active: true });
    twin.execute({ ...fault, fault: 'breakdown', active: false });
    work();
    twin.advanceTo(MINUTE + 7e6);
    const box = twin.plant.usage.devices(twin.now)['box'];
    expect(box?.commands).toEqual({ work: { ended: 2, failed: 1, busy: 17e6 } });
  });

  it('sums the time in which places are taken', () => {
    const twin = movablesTwin();
    twin.advanceTo(MINUTE);
    const { plant } = twin;
    plant.move(plant.vessel('box.frame'), { at: 'gripper', device: 'well' }, twin.now);
    twin.advanceTo(3 * MINUTE);
    plant.move(plant.vessel('box.frame'), { at: 'place', place: 'shelf.dock2' }, twin.now);
    twin.advanceTo(4 * MINUTE);
    const used = plant.usage.devices(twin.now);
    expect(used['shelf']?.occupied).toBe(2 * MINUTE);
    // A connector in the box takes no place.
    expect(used['box']?.occupied).toBe(4 * MINUTE);
  });

  it('counts what comes from outside after the beginning', () => {
    const twin = movablesTwin();
    const fill = { liquid: 'brine', volume: 2e-4, temperature: 277, lot: 'L' };
    twin.goods.fill('shelf.tank', fill, 0);
    twin.goods.fill('shelf.tank', fill, 5);
    twin.goods.refit('pack.core', 'cassette-s300', 6);
    expect(twin.plant.usage.consumption).toEqual({
      vessels: { 'cassette-s300': 1 },
      liquids: { brine: 2e-4 },
    });
  });
});
