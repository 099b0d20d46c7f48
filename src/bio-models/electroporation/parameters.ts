import { parameter as p, type Parameter } from '../parameter.ts';

/**
 * Parameters of electroporation with transposon DNA and transposase messenger RNA in one reagent, in a
 * fixed ratio. Fields and durations of devices in use lie on one strength-duration curve: 2 to 2.5
 * kV/cm for 0.5 ms and 0.6 to 0.7 kV/cm for 10 to 20 ms (common settings, assumed).
 */
export const ELECTROPORATION_PARAMETERS = {
  membraneThreshold: p(0.33, 'V', 'assumed, 0.2 to 1 V: potential at which half of the cells open'),
  chronaxie: p(1.5, 'ms', 'assumed: joins the two common settings by one curve'),
  openingSteepness: p(5, '1', 'assumed'),
  lethalRatio: p(2.2, '1', 'assumed: field that kills half at once over the field that opens half'),
  lethalSteepness: p(5, '1', 'assumed'),
  lysedShare: p(0.5, '1', 'assumed share of cells killed at once that burst'),
  delayedLoss: p(
    1,
    '1',
    'assumed: cells that die later per cell that dies at once, of equal number',
  ),
  dnaHalfSaturation: p(50, 'ug/ml', 'assumed; 50 to 200 ug/ml in use'),
  dnaToxicity: p(0.25, '1', 'assumed: DNA in the cell costs about 20 points of viability'),
  dnaPerCell: p(0.1, 'pg', 'assumed amount that stays in an open cell at saturation'),
  integration: p(
    0.85,
    '1',
    'assumed share of cells with DNA that keep the gene: above 60 % CAR+, PMC8482285; 51.4 +- 14 %, doi 10.1016/j.omtm.2017.12.003',
  ),
  restingUptake: p(
    0.25,
    '1',
    'assumed, relative to stimulated cells, which take up DNA best, doi 10.1186/s12896-018-0419-0',
  ),
  injuryTime: p(8, 'h', 'assumed at 37 Cel: delayed death is over within a day'),
  recoveryTime: p(24, 'h', 'assumed: with two repairs to make, growth sets in 24 to 48 h late'),
  integrationTime: p(18, 'h', 'assumed at 37 Cel: transposase from mRNA acts for one to two days'),
  expressionTime: p(24, 'h', 'assumed from integration to a receptor that is seen'),
  plasmidHalfLife: p(4, 'h', 'assumed, naked DNA in medium at 37 Cel'),
} as const satisfies Record<string, Parameter>;
