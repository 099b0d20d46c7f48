import type { OriginReport } from '../problem-list.ts';
import { isMap } from './filler.ts';
import type { Origins } from './origins.ts';

/**
 * A device entry without its `holds`, and what it holds as entries of their own: in the place `park1` of
 * `module-3` stands `module-3-park1`, which may hold something itself.
 */
export function unfoldHeld(
  id: string,
  entry: unknown,
  origins: Origins,
  report: OriginReport,
): readonly (readonly [id: string, entry: unknown])[] {
  if (!isMap(entry) || !('holds' in entry)) return [[id, entry]];
  const { holds, ...rest } = entry;
  const path = ['devices', id, 'holds'];
  if (!isMap(holds)) {
    report(
      origins.find(path),
      'no devices by place',
      'Write for instance holds: { connector: { type: sterile-connector, title: Connector } }.',
    );
    return [[id, rest]];
  }
  const held = Object.entries(holds).flatMap(([place, child]) => {
    const origin = origins.find([...path, place]);
    const childId = `${id}-${place.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    origins.add(['devices', childId], origin);
    if (isMap(child) && 'in' in child) {
      report(
        { ...origin, path: [...origin.path, 'in'] },
        'follows from what holds it',
        'Remove in.',
      );
    }
    const placed = isMap(child) ? { ...child, in: `${id}.${place}` } : child;
    return unfoldHeld(childId, placed, origins, report);
  });
  return [[id, rest], ...held];
}
