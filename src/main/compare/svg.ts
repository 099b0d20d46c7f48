import { escapeText } from '../report-page.ts';

/** Colours of the two plants: Okabe-Ito blue and orange-free bluish green. */
export const COLOURS = ['#0072b2', '#009e73'] as const;

const WIDTH = 640;
const LEFT = 150;
const GREY = '#8a949e';

export interface BarRow {
  readonly label: string;
  /** One value for each plant; undefined where it has none. */
  readonly values: readonly (number | undefined)[];
}

/** Horizontal bars, two for each row, with their values beside them. */
export function barChart(rows: readonly BarRow[], show: (value: number) => string): string {
  const most = Math.max(1e-9, ...rows.flatMap(({ values }) => values.map((v) => v ?? 0)));
  const band = 34;
  const height = rows.length * band + 8;
  const parts = rows.map(({ label, values }, i) => {
    const y = i * band + 4;
    const bars = values.map((value, k) => {
      if (value === undefined) return '';
      const width = ((WIDTH - LEFT - 70) * value) / most;
      const top = y + 2 + k * 14;
      return (
        `<rect x="${LEFT}" y="${top}" width="${width.toFixed(1)}" height="11" rx="2" fill="${COLOURS[k] ?? GREY}"/>` +
        `<text x="${(LEFT + width + 6).toFixed(1)}" y="${top + 9}" class="value">${escapeText(show(value))}</text>`
      );
    });
    return `<text x="${LEFT - 8}" y="${y + 18}" class="label">${escapeText(label)}</text>${bars.join('')}`;
  });
  return svg(height, parts.join(''));
}

/** Shares of batches that took no longer than so many days: a step curve for each plant. */
export function shareCurves(series: readonly (readonly number[])[], unit: string): string {
  const all = series.flat();
  if (all.length === 0) return '<p class="none">No batch was completed.</p>';
  const low = Math.floor(Math.min(...all));
  const high = Math.max(low + 1, Math.ceil(Math.max(...all)));
  const [top, height, left, right] = [12, 200, 46, WIDTH - 16];
  const x = (value: number): number => left + ((right - left) * (value - low)) / (high - low);
  const y = (share: number): number => top + height * (1 - share);
  const step = Math.max(1, Math.ceil((high - low) / 8));
  const ticks = [];
  for (let v = low; v <= high; v += step) {
    ticks.push(
      `<line x1="${x(v)}" x2="${x(v)}" y1="${top}" y2="${top + height}" class="grid"/>` +
        `<text x="${x(v)}" y="${top + height + 18}" class="tick">${v}</text>`,
    );
  }
  for (const share of [0, 0.5, 1]) {
    ticks.push(
      `<line x1="${left}" x2="${right}" y1="${y(share)}" y2="${y(share)}" class="grid"/>` +
        `<text x="${left - 8}" y="${y(share) + 4}" class="label">${share * 100} %</text>`,
    );
  }
  const curves = series.map((values, k) => {
    const sorted = [...values].sort((a, b) => a - b);
    if (sorted.length === 0) return '';
    const points = sorted.flatMap((value, i) => [
      `${x(value).toFixed(1)},${y(i / sorted.length).toFixed(1)}`,
      `${x(value).toFixed(1)},${y((i + 1) / sorted.length).toFixed(1)}`,
    ]);
    const end = `${right},${y(1).toFixed(1)}`;
    return `<polyline points="${x(low)},${y(0)} ${points.join(' ')} ${end}" fill="none" stroke="${COLOURS[k] ?? GREY}" stroke-width="2"/>`;
  });
  const axis = `<text x="${(left + right) / 2}" y="${top + height + 36}" class="tick">${escapeText(unit)}</text>`;
  return svg(top + height + 44, ticks.join('') + curves.join('') + axis);
}

function svg(height: number, inside: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">${inside}</svg>`;
}
