import type { Scene } from '../../twin/scene/scene.ts';

/** What a scene consists of, for people and programs. */
export interface SceneContents {
  /** What it was made with. */
  readonly parameters: Scene['parameters'];
  /** Number of devices by type, in alphabetical order. */
  readonly deviceTypes: Readonly<Record<string, number>>;
}

export function contentsOf({ parameters, devices }: Scene): SceneContents {
  const counts = new Map<string, number>();
  for (const { definition } of devices) {
    counts.set(definition.type, (counts.get(definition.type) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return { parameters, deviceTypes: Object.fromEntries(sorted) };
}

/** Lines of a table, its columns as wide as they need be. */
export function formatTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Parameters, and what they came to: lines of text. */
export function formatContents({ parameters, deviceTypes }: SceneContents): readonly string[] {
  const rows = parameters.map(({ name, title, value, min, max, options }) => [
    name,
    String(value),
    options.length > 0 ? options.join(', ') : `${min} to ${max}`,
    title,
  ]);
  const counts = Object.entries(deviceTypes).map(([type, count]) => [type, String(count)]);
  return [...formatTable(rows), ...formatTable(counts)].map((line) => `  ${line}`);
}
