import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import {
  isoFromMicros,
  MICROS_PER_DAY,
  type Micros,
  secondsFromMicros,
} from '../../kernel/time.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { fromSi } from '../../kernel/units.ts';
import { type Throughput, throughputOf } from '../statistics/throughput.ts';
import { type TypeUtilisation, utilisationOf } from '../statistics/utilisation.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import type { RunResult } from '../run/run.ts';

/** What `doppel run --json` prints. */
export interface RunSummary {
  readonly doppel: string;
  readonly scene: string;
  /** What the scene was made with. */
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly seed: number;
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly speed: number;
  readonly stateHash: string;
  readonly commands: number;
  readonly massBalance: { readonly worstRelativeError: number };
  readonly violations: readonly {
    readonly observer: string;
    /** ISO 8601 UTC in simulated time, as all times here. */
    readonly time: string;
    readonly place: string;
    readonly batch: string;
    readonly cause: string;
  }[];
  readonly batches: readonly {
    readonly id: string;
    readonly product: string;
    readonly outcome: BatchProgress['outcome'];
    readonly reason?: string;
    /** Steps that were begun; one that still runs has no end. */
    readonly steps: readonly {
      readonly step: number;
      readonly name: string;
      readonly start: string;
      readonly end?: string;
    }[];
    readonly final: {
      readonly viableCells: number;
      readonly viability: number;
      readonly carPositive: number;
      readonly volumeMl: number;
    };
  }[];
  /** By device type. */
  readonly utilisation: Readonly<Record<string, TypeUtilisation>>;
  readonly throughput: Throughput;
  /** What came from outside after the beginning: vessels by kind, liquids in mL. */
  readonly consumption: {
    readonly vessels: Readonly<Record<string, number>>;
    readonly liquidsMl: Readonly<Record<string, number>>;
  };
}

export interface RunFacts {
  readonly scene: Pick<Scene, 'name' | 'epochUnixMicros' | 'parameters'>;
  readonly seed: number;
  readonly wallSeconds: number;
}

type Final = RunSummary['batches'][number]['final'];

const NOTHING: Final = { viableCells: 0, viability: 0, carPositive: 0, volumeMl: 0 };

export function summarize(facts: RunFacts, result: RunResult): RunSummary {
  const { report, violations, batches, plant } = result;
  const iso = (t: Micros): string => isoFromMicros(facts.scene.epochUnixMicros, t);
  const simulatedSeconds = secondsFromMicros(report.time);
  return {
    doppel: packageJson.version,
    scene: facts.scene.name,
    parameters: Object.fromEntries(facts.scene.parameters.map(({ name, value }) => [name, value])),
    seed: facts.seed,
    simulatedSeconds,
    wallSeconds: Number(facts.wallSeconds.toFixed(3)),
    speed: Math.round(simulatedSeconds / facts.wallSeconds),
    stateHash: report.stateHash,
    commands: report.commands,
    massBalance: { worstRelativeError: report.worstRelativeError },
    violations: violations.map(({ observer, time, place, batch, cause }) => ({
      observer,
      time: iso(time),
      place,
      batch,
      cause,
    })),
    batches: batches.map(({ id, product, outcome, reason, steps, sublots }) => ({
      id,
      product,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      steps: steps.flatMap(({ step, name, start, end }) =>
        start === undefined
          ? []
          : [{ step, name, start: iso(start), ...(end === undefined ? {} : { end: iso(end) }) }],
      ),
      final: productOf(report.products, sublots?.map((part) => part.id) ?? [id]),
    })),
    utilisation: utilisationOf(plant, report.devices, report.time),
    throughput: throughputOf(batches, report.time),
    consumption: {
      vessels: report.consumption.vessels,
      liquidsMl: Object.fromEntries(
        Object.entries(report.consumption.liquids).map(([liquid, volume]) => [
          liquid,
          Number(fromSi(volume, 'mL').toFixed(1)),
        ]),
      ),
    },
  };
}

/** What all parts of a lot hold together. */
function productOf(products: RunResult['report']['products'], parts: readonly string[]): Final {
  const made = parts.flatMap((id) => products[id] ?? []);
  const sum = (amount: (part: Final) => number): number =>
    made.reduce((total, part) => total + amount(part), 0);
  const viableCells = sum((part) => part.viableCells);
  if (made.length < 2 || viableCells === 0) return made[0] ?? NOTHING;
  return {
    viableCells,
    viability: viableCells / sum((part) => part.viableCells / part.viability),
    carPositive: sum((part) => part.carPositive * part.viableCells) / viableCells,
    volumeMl: sum((part) => part.volumeMl),
  };
}

/** The same for people. */
export function formatSummary(summary: RunSummary): string {
  const lines = summary.batches.flatMap((batch) => [
    '',
    `${batch.id}  ${batch.product}  ${batch.outcome}${batch.reason === undefined ? '' : `: ${batch.reason}`}`,
    ...batch.steps.map(({ step, name, start, end }) =>
      [
        `  ${String(step).padStart(2)} ${name.padEnd(24)}`,
        minutes(start),
        end === undefined ? 'not ended' : `${minutes(end)}  ${span(start, end)}`,
      ].join('  '),
    ),
    `  product: ${formatFinal(batch.final)}`,
  ]);
  const { violations } = summary;
  const seen = violations.map(
    (v) => `  ${minutes(v.time)}  ${v.observer}  ${v.place}  ${v.batch}  ${v.cause}`,
  );
  return [
    `${summary.scene}, seed ${summary.seed}: ${days(summary.simulatedSeconds)} in ${summary.wallSeconds.toFixed(1)} s, x${summary.speed}`,
    ...lines,
    '',
    violations.length === 0 ? 'no rule was broken' : `rules broken: ${violations.length}`,
    ...seen,
    `${summary.commands} commands, worst mass-balance error ${summary.massBalance.worstRelativeError.toExponential(1)}, state ${summary.stateHash}`,
    '',
  ].join('\n');
}

function formatFinal({ viableCells, viability, carPositive, volumeMl }: Final): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return `${viableCells.toExponential(2)} living cells, viability ${percent(viability)}, CAR+ ${percent(carPositive)}, ${volumeMl.toFixed(1)} ml`;
}

/** `2026-01-05 06:00` */
function minutes(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function span(start: string, end: string): string {
  const hours = (Date.parse(end) - Date.parse(start)) / 3.6e6;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} d`;
}

function days(seconds: number): string {
  return `${((seconds * 1e6) / MICROS_PER_DAY).toFixed(2)} d`;
}
