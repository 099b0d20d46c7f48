import { parameter as p, type Parameter } from '../parameter.ts';

// The source's rates are means over a run: from 0.3e6/ml (assumed seed) to 4.0, 6.4 and 8.3e6/ml at
// 0.042, 0.046 and 0.053 1/h takes 62, 67 and 63 h.
const SEED_DAYS =
  'fitted to mean growth 0.053/0.029/0.007 1/h over 64 h of cells seeded 0/2/5 days after stimulation, doi 10.1186/s13036-019-0167-2';
const CHO = 'CHO cells, prior for T cells, doi 10.3390/bioengineering5010025';

/** Parameters of the T-cell culture in the units of their sources; the model converts once. */
export const T_CELL_PARAMETERS = {
  growthMaximum: p(0.125, '1/h', `${SEED_DAYS}, in medium at 50 % air saturation`),
  stimulusHalfSaturation: p(0.17, '1', SEED_DAYS),
  stimulusDecayTime: p(1.6, 'd', SEED_DAYS),
  activationLag: p(24, 'h', 'assumed; blasts divide about a day after engagement'),
  beadEngagement: p(0.5, '1/h', 'assumed, at one activation bead per T cell'),
  responsive: p(0.92, '1', 'assumed share of T cells that beads can activate, 0.85 to 0.98'),
  glucoseHalfSaturation: p(1.0, 'mM', CHO),
  glutamineHalfSaturation: p(0.047, 'mM', CHO),
  ammoniumInhibition: p(6.51, 'mM', CHO),
  lactateInhibition: p(43, 'mM', CHO),
  il2HalfSaturation: p(15, 'IU/ml', 'assumed, 10 to 30'),
  il2HalfLife: p(3, 'd', 'assumed, 2 to 4 with uptake'),
  temperatureMinimum: p(29, 'Cel', 'assumed'),
  temperatureOptimum: p(37.5, 'Cel', 'assumed'),
  temperatureMaximum: p(41.5, 'Cel', 'assumed'),
  phMinimum: p(6.5, '1', 'assumed'),
  phOptimum: p(7.1, '1', 'optimum 7.0 to 7.2, doi 10.1097/00002371-200011000-00008'),
  phMaximum: p(7.8, '1', 'assumed'),
  oxygenHalfSaturation: p(3, '% air saturation', 'assumed, 2 to 5'),
  oxygenInhibition: p(150, '% air saturation', 'assumed'),
  densityMaximum: p(40e6, 'cells/ml', 'above 30e6/ml reached in perfusion, PMC12833271'),
  deathCulture: p(0.0008, '1/h', 'assumed, gives viability 0.95'),
  deathStarved: p(
    0.083,
    '1/h',
    'starvation rate of a published model of T-cell culture; threshold 0.05 g/L',
  ),
  starvationGlucose: p(0.278, 'mM', '0.05 g/L, same model'),
  deathHoldCold: p(0.003, '1/h', 'assumed for cells held at 4 Cel'),
  deathHoldWarm: p(0.015, '1/h', 'assumed for cells held at 20 Cel'),
  deathAcid: p(0.05, '1/h', 'assumed, well below pH 6.5'),
  cryoInjuryTime: p(8, 'h', 'assumed at 37 Cel: delayed death within 6 to 24 h of the thaw'),
  lysis: p(0.01, '1/h', 'assumed'),
  dmsoToxicityCold: p(0.03, '1/h', 'assumed at 4 Cel and 10 % DMSO'),
  dmsoToxicityHot: p(0.45, '1/h', 'assumed at 37 Cel and 10 % DMSO'),
  cellsPerGlucose: p(
    0.8e9,
    'cells/mmol',
    'assumed: T cells have less than half the volume of CHO cells (0.357e9)',
  ),
  cellsPerGlutamine: p(
    2.2e9,
    'cells/mmol',
    'assumed: CHO cells (0.974e9) scaled as the yield on glucose; 4 mM must carry 6.4e6/ml, doi 10.1186/s13036-019-0167-2',
  ),
  glucoseMaintenance: p(
    25e-12,
    'mmol/cell/h',
    'assumed: at most 1.7 pmol/cell/d reach cells in dense perfusion, doi 10.1186/s13036-021-00264-7',
  ),
  oxygenUptakeActive: p(8, 'amol/cell/s', 'assumed, activated T cells 4 to 20'),
  oxygenUptakeResting: p(1, 'amol/cell/s', 'assumed'),
  vectorHalfLife: p(35, 'h', 'VSV-G vector in medium, doi 10.1038/s41434-020-00193-y'),
  vectorDecayQ10: p(1.5, '1', 'assumed, per 10 K: a half-life of 5 d at 4 Cel, of months frozen'),
  vectorAdsorption: p(5e-8, 'ml/h/cell', '0.05 of the diffusion limit 1.1e-6 ml/h/cell, assumed'),
  vectorEfficiency: p(0.56, '1', 'assumed: mean 37 % CAR+ at nominal MOI 5 to 10, PMID 29287970'),
  copyDispersion: p(0.16, '1', 'negative binomial fit of CAR+ and copy number, PMC6319086 table 2'),
} as const satisfies Record<string, Parameter>;

/** Oxygen in air-saturated medium at 37 degC [mol/m3]; 6.5 to 6.7 mg/L. */
export const OXYGEN_AT_AIR_SATURATION = 0.205;

/** How a donor's cells differ from the median. */
export interface DonorTraits {
  /** Factors of maximum growth rate, activation lag, maximum density and gene transfer. */
  readonly growth: number;
  readonly lag: number;
  readonly density: number;
  readonly transfer: number;
}

export const MEDIAN_DONOR: DonorTraits = { growth: 1, lag: 1, density: 1, transfer: 1 };
