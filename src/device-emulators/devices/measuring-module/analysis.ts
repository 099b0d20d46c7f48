import { meanDiameter } from '../../../bio-models/cell-size.ts';
import { countCells, IMAGE_CYTOMETER } from '../../../bio-models/counting.ts';
import { FLOW_CYTOMETER, phenotype } from '../../../bio-models/phenotyping.ts';
import type { LineageName } from '../../../bio-models/populations.ts';
import { concentration, ph } from '../../../bio-models/readouts.ts';
import { S } from '../../../bio-models/species.ts';
import type { RandomStream } from '../../../kernel/random.ts';

/** What is found in every sample. SI. */
export interface Count {
  /** Living cells [1/m3]. */
  readonly livingDensity: number;
  readonly viability: number;
  /** Mean of the living cells [m]. */
  readonly diameter: number;
  readonly cellsSeen: number;
}

/** What is found besides when everything is measured. Concentrations [mol/m3], shares 0..1. */
export interface Assays {
  readonly carPositive: number;
  readonly shares: Readonly<Record<LineageName, number>>;
  readonly glucose: number;
  readonly lactate: number;
  readonly ph: number;
  /** Volume fraction. */
  readonly dmso: number;
}

/** Coefficients of variation of diameter and of the electrochemical analyser; assumed. */
const DIAMETER_CV = 0.015;
const ANALYSER_CV = 0.03;
/** Standard deviations of pH and of DMSO by volume [1], below which none is found; assumed. */
const PH_DEVIATION = 0.02;
const DMSO_DEVIATION = 2e-4;
/** Optics with dirt on them: share of the cells that show, specks taken for dead cells [1/m3]; assumed. */
const DIRT = { visible: 0.7, specks: 2e11 };
/** DMSO of a pure liquid [mol/m3]. */
const PURE_DMSO = 14_080;

type Streams = (purpose: string) => RandomStream;

/** Counts the cells of a sample. */
export function count(sample: Float64Array, dirty: boolean, random: Streams): Count {
  const conditions = dirty ? { ...IMAGE_CYTOMETER, ...DIRT } : IMAGE_CYTOMETER;
  const { livingDensity, viability, cellsSeen } = countCells(sample, conditions, random('count'));
  const size = meanDiameter(sample) * random('diameter').logNormal(1, DIAMETER_CV);
  return { livingDensity, viability, cellsSeen, diameter: cellsSeen > 0 ? size : 0 };
}

/** Everything else that can be found in a sample. */
export function assay(sample: Float64Array, random: Streams): Assays {
  const { carPositive, shares } = phenotype(sample, FLOW_CYTOMETER, random('phenotype'));
  const analyser = random('analyser');
  const found = (species: number): number =>
    concentration(sample, species) * analyser.logNormal(1, ANALYSER_CV);
  const dmso = concentration(sample, S.dmso) / PURE_DMSO;
  return {
    carPositive,
    shares,
    glucose: found(S.glucose),
    lactate: found(S.lactate),
    ph: ph(sample) + PH_DEVIATION * analyser.normal(),
    dmso: Math.max(
      0,
      dmso * analyser.logNormal(1, ANALYSER_CV) + DMSO_DEVIATION * analyser.normal(),
    ),
  };
}
