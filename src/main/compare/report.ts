import { fromSi } from '../../kernel/units.ts';
import type { Comparison, PlantResult } from './comparison.ts';
import { escapeText, panel, reportPage, table } from '../report-page.ts';
import { barChart, type BarRow, COLOURS, shareCurves } from './svg.ts';

/** The comparison as one page that needs nothing else. */
export function comparisonReport(comparison: Comparison): string {
  const { plants, days, seed, demand } = comparison;
  const names = plants.map(({ title }) => title);
  const parts = [
    panel('What became of the demand', outcomeTable(plants)),
    panel(
      'Lead time: share of batches finished within so many days',
      shareCurves(
        plants.map(({ leadTimes }) => leadTimes.map(({ lead }) => lead)),
        'days from arrival to finished product',
      ),
    ),
    panel(
      'Waiting before each step, mean',
      barChart(
        rowsOf(plants, ({ throughput }) => means(throughput.waitingHours)),
        hours,
      ),
    ),
    panel(
      'Where the time under command goes',
      barChart(
        rowsOf(plants, ({ purposes }) => ({
          'work on the product': purposes.work,
          transfer: purposes.transfer,
          'set-up': purposes['set-up'],
        })),
        percent,
      ),
    ),
    ...plants.map((plant) =>
      panel(
        `Use of equipment: ${plant.title}`,
        barChart(
          Object.entries(plant.utilisation)
            .map(([type, { busy, occupied }]) => ({ label: type, values: [busy, occupied] }))
            .filter(({ values }) => values.some((value) => (value ?? 0) > 0)),
          percent,
        ) + '<p class="none">Upper bar: under command. Lower bar: places taken.</p>',
      ),
    ),
    panel('Losses by cause', lossTable(plants)),
    panel('What came from outside during the run', consumptionTable(plants)),
  ];
  const legend = names
    .map(
      (name, k) => `<span class="key" style="background:${COLOURS[k]}"></span>${escapeText(name)}`,
    )
    .join(' &nbsp; ');
  const lead = `The same demand (${escapeText(demand)}, seed ${seed}) through both plants for ${days} simulated days. ${legend}`;
  return reportPage({
    title: names.join(' and '),
    lead,
    body: `<p class="good">${escapeText(verdict(plants))}</p>
<div class="grid-2">${parts.join('\n')}</div>`,
  });
}

/** What the numbers say, in two sentences. */
export function verdict(plants: readonly PlantResult[]): string {
  const [a, b] = plants;
  if (a === undefined || b === undefined) return '';
  const [best, other] =
    b.throughput.completed >= a.throughput.completed ? ([b, a] as const) : ([a, b] as const);
  const lead = (plant: PlantResult): string =>
    plant.throughput.completed === 0 ? 'none' : `${plant.throughput.leadTimeDays.p50.toFixed(1)} d`;
  return (
    `${best.title} completed ${best.throughput.completed} of ${best.throughput.ordered} batches, ` +
    `${other.title} ${other.throughput.completed} of ${other.throughput.ordered}. ` +
    `Median lead time: ${lead(best)} against ${lead(other)}; per 100 m2 of floor and 30 days: ` +
    `${best.per30DaysAnd100SquareMetres} against ${other.per30DaysAnd100SquareMetres} batches.`
  );
}

function outcomeTable(plants: readonly PlantResult[]): string {
  const row = (label: string, of: (plant: PlantResult) => string): readonly string[] => [
    label,
    ...plants.map(of),
  ];
  return table(
    ['', ...plants.map(({ title }) => title)],
    [
      row('Ordered', ({ throughput }) => String(throughput.ordered)),
      row('Completed', ({ throughput }) => String(throughput.completed)),
      row('Lost', ({ throughput }) => String(throughput.failed)),
      row('Still under way', ({ throughput }) => String(throughput.running)),
      row('Completed per 30 d', ({ throughput }) => throughput.per30Days.toFixed(1)),
      row('Most at once', ({ throughput }) => String(throughput.mostAtOnce)),
      row(
        'Lead time, median (90 %)',
        ({ throughput: { leadTimeDays } }) =>
          `${leadTimeDays.p50.toFixed(1)} d (${leadTimeDays.p90.toFixed(1)} d)`,
      ),
      row(
        'Vein to vein, median (90 %)',
        ({ veinToVeinDays }) =>
          `${veinToVeinDays.p50.toFixed(1)} d (${veinToVeinDays.p90.toFixed(1)} d)`,
      ),
      row('Floor', ({ footprint }) => `${footprint.total.toFixed(0)} m2`),
      row('of it grade A', ({ footprint }) => `${(footprint.grades.A ?? 0).toFixed(0)} m2`),
      row('Completed per 30 d and 100 m2', (plant) => String(plant.per30DaysAnd100SquareMetres)),
      row('Devices', ({ devices }) => String(devices)),
      row('Rules broken', ({ violations }) =>
        String(Object.values(violations).reduce((sum, count) => sum + count, 0)),
      ),
    ],
  );
}

function lossTable(plants: readonly PlantResult[]): string {
  const causes = [...new Set(plants.flatMap(({ throughput }) => Object.keys(throughput.losses)))];
  if (causes.length === 0) return '<p class="none">No batch was lost.</p>';
  return table(
    ['Cause', ...plants.map(({ title }) => title)],
    causes.map((cause) => [
      cause,
      ...plants.map(({ throughput }) => String(throughput.losses[cause] ?? 0)),
    ]),
  );
}

function consumptionTable(plants: readonly PlantResult[]): string {
  const kinds = names(plants, ({ consumption }) => consumption.vessels);
  const liquids = names(plants, ({ consumption }) => consumption.liquids);
  if (kinds.length + liquids.length === 0) return '<p class="none">Nothing.</p>';
  const litres = (volume: number): string => `${fromSi(volume, 'L').toFixed(2)} L`;
  return table(
    ['', ...plants.map(({ title }) => title)],
    [
      ...kinds.map((kind) => [
        kind,
        ...plants.map(({ consumption }) => String(consumption.vessels[kind] ?? 0)),
      ]),
      ...liquids.map((liquid) => [
        liquid,
        ...plants.map(({ consumption }) => litres(consumption.liquids[liquid] ?? 0)),
      ]),
    ],
  );
}

function names(
  plants: readonly PlantResult[],
  of: (plant: PlantResult) => Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set(plants.flatMap((plant) => Object.keys(of(plant))))].sort();
}

function rowsOf(
  plants: readonly PlantResult[],
  of: (plant: PlantResult) => Readonly<Record<string, number>>,
): readonly BarRow[] {
  const all = plants.map(of);
  const labels = [...new Set(all.flatMap((values) => Object.keys(values)))];
  return labels.map((label) => ({ label, values: all.map((values) => values[label]) }));
}

function means(
  distributions: Readonly<Record<string, { readonly mean: number }>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(distributions).map(([name, { mean }]) => [name, mean]));
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const hours = (value: number): string => `${value.toFixed(1)} h`;
