import { parameter as p, type Parameter } from '../parameter.ts';

/** Parameters that all cells of a culture share, in the units of their sources; converted once. */
export const CULTURE_PARAMETERS = {
  temperatureMinimum: p(29, 'Cel', 'assumed'),
  temperatureOptimum: p(37.5, 'Cel', 'assumed'),
  temperatureMaximum: p(41.5, 'Cel', 'assumed'),
  phMinimum: p(6.5, '1', 'assumed'),
  phMaximum: p(7.8, '1', 'assumed'),
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
  glucoseMaintenance: p(
    25e-12,
    'mmol/cell/h',
    'assumed: at most 1.7 pmol/cell/d reach cells in dense perfusion, doi 10.1186/s13036-021-00264-7',
  ),
  uptakeHalfSaturation: p(1, 'mM', 'of glucose by resting cells, assumed as their growth'),
  oxygenUptakeResting: p(1, 'amol/cell/s', 'assumed'),
  il2HalfLife: p(3, 'd', 'assumed, 2 to 4 with uptake'),
  il15HalfLife: p(3, 'd', 'assumed as of IL-2'),
  vectorHalfLife: p(35, 'h', 'VSV-G vector in medium, doi 10.1038/s41434-020-00193-y'),
  vectorDecayQ10: p(1.5, '1', 'assumed, per 10 K: a half-life of 5 d at 4 Cel, of months frozen'),
  vectorAdsorption: p(5e-8, 'ml/h/cell', '0.05 of the diffusion limit 1.1e-6 ml/h/cell, assumed'),
} as const satisfies Record<string, Parameter>;

/** Oxygen in air-saturated medium at 37 degC [mol/m3]; 6.5 to 6.7 mg/L. */
export const OXYGEN_AT_AIR_SATURATION = 0.205;
