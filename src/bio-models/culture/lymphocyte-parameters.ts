import { parameter as p, type Parameter } from '../parameter.ts';

// The source's rates are means over a run: from 0.3e6/ml (assumed seed) to 4.0, 6.4 and 8.3e6/ml at
// 0.042, 0.046 and 0.053 1/h takes 62, 67 and 63 h.
const SEED_DAYS =
  'fitted to mean growth 0.053/0.029/0.007 1/h over 64 h of cells seeded 0/2/5 days after stimulation, doi 10.1186/s13036-019-0167-2';
const CHO = 'CHO cells, prior for T cells, doi 10.3390/bioengineering5010025';

/**
 * Parameters of T cells in the units of their sources. Cells at rest are engaged by beads, divide after
 * a lag, and slow down as the signal fades.
 */
export const T_CELL_PARAMETERS = {
  growthMaximum: p(0.125, '1/h', `${SEED_DAYS}, in medium at 50 % air saturation`),
  stimulusHalfSaturation: p(0.17, '1', SEED_DAYS),
  stimulusDecayTime: p(1.6, 'd', SEED_DAYS),
  activationLag: p(24, 'h', 'assumed; blasts divide about a day after engagement'),
  beadEngagement: p(0.5, '1/h', 'assumed, at one activation bead per T cell'),
  responsive: p(0.92, '1', 'assumed share of T cells that beads can activate, 0.85 to 0.98'),
  cytokineRecruitment: p(0, '1/h', 'T cells at rest need beads'),
  cytokineSignal: p(0, '1', 'none without recruitment'),
  cytokineDeath: p(0, '1/h', 'assumed: within weeks T cells do not die for want of interleukins'),
  glucoseHalfSaturation: p(1.0, 'mM', CHO),
  glutamineHalfSaturation: p(0.047, 'mM', CHO),
  ammoniumInhibition: p(6.51, 'mM', CHO),
  lactateInhibition: p(43, 'mM', CHO),
  il2HalfSaturation: p(15, 'IU/ml', 'assumed, 10 to 30'),
  il15HalfSaturation: p(10, 'ng/ml', 'assumed; acts on the receptor chains of IL-2'),
  phOptimum: p(7.1, '1', 'optimum 7.0 to 7.2, doi 10.1097/00002371-200011000-00008'),
  oxygenHalfSaturation: p(3, '% air saturation', 'assumed, 2 to 5'),
  oxygenInhibition: p(150, '% air saturation', 'assumed'),
  densityMaximum: p(40e6, 'cells/ml', 'above 30e6/ml reached in perfusion, PMC12833271'),
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
  oxygenUptakeActive: p(8, 'amol/cell/s', 'assumed, activated T cells 4 to 20'),
  vectorEfficiency: p(0.56, '1', 'assumed: mean 37 % CAR+ at nominal MOI 5 to 10, PMID 29287970'),
  copyDispersion: p(0.16, '1', 'negative binomial fit of CAR+ and copy number, PMC6319086 table 2'),
} as const satisfies Record<string, Parameter>;

/** What the equations of lymphocytes need. */
export type LymphocyteParameters = Readonly<Record<keyof typeof T_CELL_PARAMETERS, Parameter>>;

const NK_EXPANSION =
  'fitted to 268 +- 67-fold in 19 days of CD3-CD56+ cells without feeder cells, doi 10.1038/cmi.2013.10 table 2';

/**
 * Parameters of NK cells: where nothing else is known, those of T cells. Interleukins 2 and 15 alone
 * engage some of them weakly; beads against NKp46 and CD2 engage most; the signal hardly fades.
 */
export const NK_CELL_PARAMETERS: LymphocyteParameters = {
  ...T_CELL_PARAMETERS,
  growthMaximum: p(0.0323, '1/h', NK_EXPANSION),
  stimulusDecayTime: p(25, 'd', 'assumed: growth slows down after three to four weeks'),
  activationLag: p(72, 'h', 'assumed, 3 to 5 days from engagement to steady growth'),
  responsive: p(0.8, '1', 'assumed: a subset of NK cells expands, doi 10.3389/fimmu.2019.02001'),
  cytokineRecruitment: p(0.02, '1/h', 'assumed, in saturating interleukins'),
  cytokineSignal: p(
    0.17,
    '1',
    'fitted to 5-fold in two weeks of interleukins alone, doi 10.1186/s13045-020-01014-w table 4',
  ),
  cytokineDeath: p(0.02, '1/h', 'assumed: NK cells die within days without interleukins'),
  il2HalfSaturation: p(50, 'IU/ml', 'assumed: receptor of intermediate affinity, 500 IU/ml in use'),
  il15HalfSaturation: p(2, 'ng/ml', 'assumed, 10 ng/ml in use'),
  densityMaximum: p(10e6, 'cells/ml', 'assumed'),
  vectorEfficiency: p(
    0.25,
    '1',
    'assumed: 10 to 40 % CAR+ at nominal MOI 5 with a baboon envelope, doi 10.3389/fimmu.2019.02001',
  ),
};
