import { describe, expect, it } from 'vitest';
import type { PlantEvent } from '../../../src/kernel/plant-contract.ts';
import { JourneyBoard } from '../../../src/main/web/journey-board.ts';

let sequence = 0;
const move = (
  what: 'placed' | 'taken',
  vessel: string,
  place: string,
  time: number,
  batch = 'P-001',
): PlantEvent => ({
  ...{ type: `vessel.${what}`, vessel, place, time, batch, device: '' },
  sequence: sequence++,
});

function board(...events: readonly PlantEvent[]): JourneyBoard {
  const journeys = new JourneyBoard();
  for (const event of events) journeys.follow(event);
  return journeys;
}

describe('journeys', () => {
  it('are stays from the first taking to the present', () => {
    const journeys = board(
      move('taken', 'c1.core', 'park.1', 10),
      move('placed', 'c1.core', 'thaw.transfer', 15),
      move('taken', 'c1.core', 'thaw.transfer', 40),
      move('placed', 'c1.core', 'magnet.transfer', 44),
    );
    const expected = [
      { vessel: 'c1.core', place: 'park.1', left: 10 },
      { vessel: 'c1.core', place: 'thaw.transfer', came: 15, left: 40 },
      { vessel: 'c1.core', place: 'magnet.transfer', came: 44 },
    ];
    expect(journeys.journey({ device: 'c1' })).toEqual(expected);
    expect(journeys.journey({ batch: 'P-001' })).toEqual(expected);
  });

  it('are of one batch or device only; a lot has those of its sublots', () => {
    const journeys = board(
      move('placed', 'c1.core', 'a.x', 1, 'M-001/1'),
      move('placed', 'c10.core', 'b.x', 2, 'M-001/2'),
      move('placed', 'bag', 'c.x', 3, 'M-0010'),
    );
    const places = (visits: readonly { readonly place: string }[]) => visits.map((v) => v.place);
    expect(places(journeys.journey({ batch: 'M-001' }))).toEqual(['a.x', 'b.x']);
    expect(places(journeys.journey({ batch: 'M-001/2' }))).toEqual(['b.x']);
    expect(places(journeys.journey({ device: 'c1' }))).toEqual(['a.x']);
  });

  it('belong to the batch whose label the vessel got while it stood there', () => {
    const journeys = board(
      move('placed', 'c1.core', 'park.1', 1, ''),
      move('taken', 'c1.core', 'park.1', 5),
    );
    expect(journeys.journey({ batch: 'P-001' })).toHaveLength(1);
  });

  it('forget the oldest stays of a vessel that never rests', () => {
    const events = Array.from({ length: 2000 }, (_, i) => move('placed', 'c1.core', `p.${i}`, i));
    const visits = board(...events).journey({ device: 'c1' });
    expect(visits.length).toBeLessThanOrEqual(500);
    expect(visits.at(-1)?.place).toBe('p.1999');
  });
});
