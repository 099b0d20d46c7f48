import type { GrowingLineage } from '../donors.ts';
import { S } from '../species.ts';
import type { CultureModel } from './culture-model.ts';
import { mediumGrowth, mediumNeeds, type MediumNeeds } from './growth-factors.ts';
import {
  NK_CELL_PARAMETERS,
  T_CELL_PARAMETERS,
  type LymphocyteParameters,
} from './lymphocyte-parameters.ts';
import { CULTURE_PARAMETERS } from './parameters.ts';
import { U } from './unknowns.ts';

const HOUR = 3600;
const lysis = CULTURE_PARAMETERS.lysis.value / HOUR;
const glucoseMaintenance = (CULTURE_PARAMETERS.glucoseMaintenance.value * 1e-3) / HOUR;

/** Oxygen that a cell at rest takes up when there is plenty [mol/s]. */
export const OXYGEN_RESTING = CULTURE_PARAMETERS.oxygenUptakeResting.value * 1e-18;

/** A kind of lymphocytes: where its unknowns stand, and its parameters, SI. */
export interface Lymphocytes {
  readonly lineage: GrowingLineage;
  readonly resting: number;
  /** Stages of the lag, an Erlang chain. */
  readonly lag: readonly number[];
  readonly naive: number;
  readonly car: number;
  readonly dead: number;
  readonly stimulus: number;
  readonly vectorHits: number;
  /** Species of the beads that engage them. */
  readonly beads: number;
  readonly needs: MediumNeeds;
  readonly growthMaximum: number;
  readonly stimulusHalf: number;
  readonly stimulusDecay: number;
  readonly stageRate: number;
  readonly engagement: number;
  readonly unresponsive: number;
  readonly recruitment: number;
  readonly recruitedSignal: number;
  readonly deprivedDeath: number;
  readonly perIl2: number;
  readonly perIl15: number;
  readonly densityMaximum: number;
  readonly glucosePerCell: number;
  readonly glutaminePerCell: number;
  readonly vectorEfficiency: number;
  readonly dispersion: number;
  /** Oxygen that a stimulated cell takes up when there is plenty [mol/s]. */
  readonly oxygenUptake: number;
}

type Places = Pick<
  Lymphocytes,
  'lineage' | 'resting' | 'lag' | 'naive' | 'car' | 'dead' | 'stimulus' | 'vectorHits' | 'beads'
>;

function lymphocytes(places: Places, p: LymphocyteParameters): Lymphocytes {
  return {
    ...places,
    needs: mediumNeeds(p),
    growthMaximum: p.growthMaximum.value / HOUR,
    stimulusHalf: p.stimulusHalfSaturation.value,
    stimulusDecay: 1 / (p.stimulusDecayTime.value * 24 * HOUR),
    stageRate: places.lag.length / (p.activationLag.value * HOUR),
    engagement: p.beadEngagement.value / HOUR,
    unresponsive: 1 - p.responsive.value,
    recruitment: p.cytokineRecruitment.value / HOUR,
    recruitedSignal: p.cytokineSignal.value,
    deprivedDeath: p.cytokineDeath.value / HOUR,
    perIl2: 1 / (p.il2HalfSaturation.value * 1e6),
    perIl15: 1 / (p.il15HalfSaturation.value * 1e-6),
    densityMaximum: p.densityMaximum.value * 1e6,
    glucosePerCell: 1e-3 / p.cellsPerGlucose.value,
    glutaminePerCell: 1e-3 / p.cellsPerGlutamine.value,
    vectorEfficiency: p.vectorEfficiency.value,
    dispersion: p.copyDispersion.value,
    oxygenUptake: p.oxygenUptakeActive.value * 1e-18,
  };
}

export const T_CELLS: Lymphocytes = lymphocytes(
  {
    lineage: 't',
    resting: U.tResting,
    lag: [U.tLag1, U.tLag2, U.tLag3, U.tLag4],
    naive: U.tActive,
    car: U.tActiveCar,
    dead: U.tDead,
    stimulus: U.stimulus,
    vectorHits: U.vectorHits,
    beads: S.activationBeads,
  },
  T_CELL_PARAMETERS,
);

export const NK_CELLS: Lymphocytes = lymphocytes(
  {
    lineage: 'nk',
    resting: U.nkResting,
    lag: [U.nkLag1, U.nkLag2],
    naive: U.nkActive,
    car: U.nkActiveCar,
    dead: U.nkDead,
    stimulus: U.nkStimulus,
    vectorHits: U.nkVectorHits,
    beads: S.nkActivationBeads,
  },
  NK_CELL_PARAMETERS,
);

/**
 * Rates of one kind of lymphocytes, at the latest conditions; growth is
 * mu = mu_max S/(K_S+S) f_cytokines f_density f_medium, f_cytokines = a/(1+a) with
 * a = IL-2/K_2 + IL-15/K_15.
 */
export function addLymphocytes(
  kind: Lymphocytes,
  model: CultureModel,
  y: Float64Array,
  out: Float64Array,
): void {
  const { volume, conditions } = model;
  const { warm, able } = conditions;
  const traits = model.donor[kind.lineage];
  const resting = y[kind.resting] as number;
  const naive = y[kind.naive] as number;
  const car = y[kind.car] as number;
  const stimulus = y[kind.stimulus] as number;
  const active = naive + car;
  let stimulated = active;
  for (const stage of kind.lag) stimulated += y[stage] as number;
  const cells = resting + stimulated;

  const binding = kind.perIl2 * conditions.il2 + kind.perIl15 * conditions.il15;
  const cytokines = binding / (1 + binding);
  const crowd = stimulated / volume / (kind.densityMaximum * traits.density);
  const signal = stimulated > 0 ? stimulus / stimulated : 0;
  const mu =
    (kind.growthMaximum *
      traits.growth *
      able *
      mediumGrowth(kind.needs, conditions) *
      Math.max(0, 1 - crowd * crowd) *
      cytokines *
      signal) /
    (kind.stimulusHalf + signal);
  const born = mu * active;
  const deprived = kind.deprivedDeath * warm * (1 - cytokines) ** 2;
  const death = conditions.death + deprived;

  // Beads and interleukins engage cells at rest, as long as some are left that can respond.
  const receptive = Math.max(0, resting - kind.unresponsive * cells);
  const perBead = cells > 0 ? (model.start[kind.beads] as number) / cells : 0;
  const engaged = kind.engagement * warm * perBead * receptive;
  const recruited = kind.recruitment * warm * cytokines * receptive;
  const step = (kind.stageRate / traits.lag) * warm * able;
  out[kind.resting] = -engaged - recruited - death * resting;
  let entering = engaged + recruited;
  for (const stage of kind.lag) {
    const waiting = y[stage] as number;
    out[stage] = entering - (step + death) * waiting;
    entering = step * waiting;
  }

  // Cells differ in how easily they are hit: those left without a copy are the hard ones.
  const hitRate = kind.vectorEfficiency * traits.transfer * conditions.vectorPerCell;
  const vectorHits = y[kind.vectorHits] as number;
  const copies = active > 0 ? Math.max(0, vectorHits / active) : 0;
  const converted = (naive * hitRate) / (1 + copies / kind.dispersion);
  out[kind.vectorHits] = hitRate * active + (mu - death) * vectorHits;

  const shown = conditions.shownPerCell * naive;
  out[kind.naive] = (mu - death) * naive + entering - converted - shown;
  out[kind.car] = (mu - death) * car + converted + shown;
  const dead = y[kind.dead] as number;
  out[kind.dead] = death * cells - lysis * dead;

  // The signal fades in dividing cells; those in their lag keep it.
  const dividing = stimulated > 0 ? active / stimulated : 0;
  out[kind.stimulus] =
    engaged +
    kind.recruitedSignal * recruited +
    stimulus * (mu * dividing - death - kind.stimulusDecay * warm * dividing);

  conditions.born += born;
  conditions.lysed += lysis * dead;
  conditions.lost += deprived * cells;
  conditions.copied += mu * naive;
  conditions.shown += shown;
  conditions.glucoseUse +=
    kind.glucosePerCell * born + glucoseMaintenance * cells * conditions.glycolysis;
  conditions.glutamineUse += kind.glutaminePerCell * born;
}
