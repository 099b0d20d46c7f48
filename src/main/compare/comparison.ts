import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import type { PlantDescription, Violation } from '../../kernel/plant-contract.ts';
import { MICROS_PER_DAY, type Micros } from '../../kernel/time.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import type { Purpose } from '../statistics/command-purposes.data.ts';
import { type Distribution, distributionOf } from '../statistics/distribution.ts';
import { type Throughput, throughputOf } from '../statistics/throughput.ts';
import { purposeShares, type TypeUtilisation, utilisationOf } from '../statistics/utilisation.ts';
import type { TwinReport } from '../twin-report.ts';
import { type Footprint, footprintOf } from './footprint.ts';

/** A plant that has worked off a demand. */
export interface PlantRun {
  readonly scene: Scene;
  readonly plant: PlantDescription;
  readonly report: Pick<TwinReport, 'time' | 'devices' | 'consumption' | 'worstRelativeError'>;
  readonly batches: readonly BatchProgress[];
  readonly violations: readonly Violation[];
}

/** Lead time of one completed batch [d]. */
export interface LeadTime {
  readonly batch: string;
  readonly product: string;
  /** From the arrival of the material to the finished product. */
  readonly lead: number;
  /** From the patient back to the patient: with transport both ways. */
  readonly veinToVein: number;
}

/** What one plant made of the demand. */
export interface PlantResult {
  readonly scene: string;
  readonly title: string;
  readonly devices: number;
  readonly throughput: Throughput;
  readonly leadTimes: readonly LeadTime[];
  readonly veinToVeinDays: Distribution;
  readonly utilisation: Readonly<Record<string, TypeUtilisation>>;
  /** Share of all time under command. */
  readonly purposes: Readonly<Record<Purpose, number>>;
  readonly footprint: Footprint;
  /** Completed batches per 30 days and 100 m2. */
  readonly per30DaysAnd100SquareMetres: number;
  readonly consumption: TwinReport['consumption'];
  /** Broken rules by observer. */
  readonly violations: Readonly<Record<string, number>>;
  readonly worstRelativeError: number;
}

export interface Comparison {
  readonly days: number;
  readonly seed: number;
  readonly demand: string;
  readonly plants: readonly PlantResult[];
}

export function resultOf(run: PlantRun): PlantResult {
  const { scene, plant, report, batches } = run;
  const throughput = throughputOf(batches, report.time);
  const footprint = footprintOf(scene);
  const leadTimes = batches.flatMap(leadTimeOf);
  const violations: Record<string, number> = {};
  for (const { observer } of run.violations) violations[observer] = (violations[observer] ?? 0) + 1;
  return {
    scene: scene.name,
    title: scene.title,
    devices: scene.devices.length,
    throughput,
    leadTimes,
    veinToVeinDays: distributionOf(leadTimes.map(({ veinToVein }) => veinToVein)),
    utilisation: utilisationOf(plant, report.devices, report.time),
    purposes: purposeShares(report.devices),
    footprint,
    per30DaysAnd100SquareMetres: Number(
      ((throughput.per30Days * 100) / footprint.total).toPrecision(4),
    ),
    consumption: report.consumption,
    violations,
    worstRelativeError: report.worstRelativeError,
  };
}

function leadTimeOf(progress: BatchProgress): readonly LeadTime[] {
  const { id, product, outcome, steps, ordered = 0, transport } = progress;
  const end = steps.at(-1)?.end;
  if (outcome !== 'complete' || end === undefined) return [];
  const days = (ticks: Micros): number => Number((ticks / MICROS_PER_DAY).toFixed(4));
  const away = (transport?.in ?? 0) + (transport?.out ?? 0);
  return [
    { batch: id, product, lead: days(end - ordered), veinToVein: days(end - ordered + away) },
  ];
}
