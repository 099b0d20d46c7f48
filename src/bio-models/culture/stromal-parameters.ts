import { parameter as p, type Parameter } from '../parameter.ts';

const METABOLISM = 'human bone-marrow stromal cells, doi 10.1089/ten.tea.2008.0345';

/** Parameters of umbilical-cord stromal cells on a surface, in the units of their sources. */
export const STROMAL_PARAMETERS = {
  growthMaximum: p(
    0.048,
    '1/h',
    'fitted: doubling time 31.9 +- 6.8 h and 2.9 +- 0.6 doublings per passage, doi 10.1155/2013/246134 table 2',
  ),
  confluentDensity: p(5e4, 'cells/cm2', 'assumed, 3 to 6e4'),
  attachment: p(0.6, '1/h', 'assumed: 90 % of the cells attach within four hours'),
  spreadingTime: p(18, 'h', 'assumed, from attachment to division'),
  suspendedDeath: p(0.02, '1/h', 'assumed at 37 Cel: stromal cells die without a surface'),
  phOptimum: p(7.3, '1', 'assumed'),
  oxygenHalfSaturation: p(3, '% air saturation', 'assumed as of T cells'),
  oxygenInhibition: p(400, '% air saturation', 'assumed: hardly any in air'),
  glucoseHalfSaturation: p(0.5, 'mM', 'assumed: media with 5.5 mM carry growth'),
  glutamineHalfSaturation: p(0.047, 'mM', 'CHO cells, doi 10.3390/bioengineering5010025'),
  lactateInhibition: p(35.4, 'mM', `inhibits growth; ${METABOLISM}`),
  ammoniumInhibition: p(2.4, 'mM', `inhibits growth; ${METABOLISM}`),
  glucoseUptake: p(9.2, 'pmol/cell/d', METABOLISM),
  cellsPerGlutamine: p(0.6e9, 'cells/mmol', 'assumed: T cells scaled to a larger cell'),
  oxygenUptake: p(98, 'fmol/cell/h', 'expanded stromal cells, PMID 21792913'),
  detachment: p(
    33,
    '1/h',
    'assumed: trypsin loosens 94 % of the cells in five minutes, PMC5657749',
  ),
  trypsinHalfSaturation: p(0.5, 'umol/l', 'assumed: a quarter of the usual concentration'),
  trypsinDeath: p(0.3, '1/h', 'assumed: five minutes at 37 Cel cost 2 to 3 % of the cells'),
  drying: p(10, 'min', 'assumed: mean survival of a layer without liquid'),
} as const satisfies Record<string, Parameter>;

/** Density of a closed layer [cells/m2]. */
export const CONFLUENT_DENSITY = STROMAL_PARAMETERS.confluentDensity.value * 1e4;
