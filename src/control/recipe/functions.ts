import { z } from 'zod';
import { count, millilitres, minutes, quantity } from './quantity.ts';

/** A function of the general process: what is done to the cells, whatever plant does it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly title: string;
  /** Parameters of the process. */
  readonly parameters: z.ZodObject;
  /** What a recipe may require of the equipment; each must be covered by it. */
  readonly specifications: z.ZodObject;
  /** Facts that it finds out. */
  readonly facts: readonly string[];
}

const SPINNING = {
  parameters: { duration: minutes(0.1, 120), keep: millilitres(1, 100) },
  specifications: { acceleration: quantity('[g]', 50, 3500) },
};
const CULTURE = {
  temperature: quantity('Cel', 4, 42).optional(),
  ph: quantity('[pH]', 6.5, 8).optional(),
  oxygen: quantity('%', 1, 150).optional(),
  co2: quantity('%', 0, 20).optional(),
};
const GLUCOSE_RESOLUTION = quantity('mmol/L', 0.001, 10).optional();

function define(
  name: string,
  title: string,
  parameters: z.ZodRawShape,
  facts: readonly string[] = [],
  specifications: z.ZodRawShape = {},
): FunctionDefinition {
  return {
    name,
    title,
    parameters: z.strictObject(parameters),
    specifications: z.strictObject(specifications),
    facts,
  };
}

const DEFINITIONS: readonly FunctionDefinition[] = [
  define(
    'thaw',
    'Thaw the starting material',
    {
      target: quantity('Cel', 1, 37),
      /** How the cells are to grow. */
      culture: z.enum(['suspension', 'adherent']).optional(),
    },
    ['thawMinutes'],
  ),
  define('dilute', 'Dilute with buffer', { volumes: z.number().min(0.01).max(10) }),
  define(
    'wash',
    'Spin, take the supernatant off, add buffer',
    { ...SPINNING.parameters, volume: millilitres(5, 1000) },
    ['residual'],
    SPINNING.specifications,
  ),
  define(
    'count',
    'Count cells',
    {
      /** Cells to be counted. */
      lineage: z.enum(['t', 'nk', 'msc']).optional(),
      /** Whether all assays are wanted, which take longer than counting. */
      full: z.boolean().optional(),
      /** The count of the product that the batch is released by. */
      final: z.boolean().optional(),
    },
    [
      'viableDensity',
      'viability',
      'viableCells',
      'carPositive',
      'purity',
      'finalViableCells',
      'finalViability',
      'finalCarPositive',
      'finalPurity',
      'finalVolumeMl',
    ],
  ),
  define(
    'select',
    'Select cells by magnetic beads',
    {
      /** Which cells the beads bind. */
      cells: z.enum(['t', 'nk']).optional(),
      beads: millilitres(0.1, 50),
      duration: minutes(0.05, 120),
      spin: minutes(0.1, 120),
      keep: millilitres(1, 100),
      /** Volume in which the beads bind, and the one of the selected cells in medium. */
      bindingVolume: millilitres(1, 200),
      volume: millilitres(1, 1000),
    },
    ['selectedMl'],
    SPINNING.specifications,
  ),
  define(
    'limitCells',
    'Take a number of cells into medium',
    { cells: quantity('{cells}', 1e6, 1e11), volume: millilitres(1, 1000) },
    ['takenCells'],
  ),
  define(
    'activate',
    'Activate by antibodies on beads',
    {
      /** Which cells the beads activate. */
      cells: z.enum(['t', 'nk']).optional(),
      beadsPerCell: z.number().min(0.1).max(20),
      duration: quantity('h', 0.05, 240),
      temperature: quantity('Cel', 4, 40).optional(),
    },
    ['activationBeadsMl'],
  ),
  define(
    'addVector',
    'Add virus particles',
    {
      /** Transducing units per living cell. */
      multiplicity: z.number().min(0.1).max(100),
    },
    ['vectorMl'],
  ),
  define(
    'transduce',
    'Keep cells and vector together',
    {
      ...CULTURE,
      duration: quantity('h', 1, 96),
      /** Moved on when this dense. */
      density: quantity('10*6.{cells}/mL', 0, 100).optional(),
      atMost: quantity('h', 1, 200),
    },
    ['transductionHours', 'transductionDensity'],
  ),
  define(
    'electroporate',
    'Bring genes in by electric pulses',
    {
      pulseDuration: quantity('ms', 0.01, 100),
      pulses: count(1, 20),
      /** Genes per million cells [ug]. */
      reagent: z.number().min(0).max(100),
      /** The cells are spun down to a small volume, then brought into so much of the buffer. */
      spin: minutes(0.1, 120),
      keep: millilitres(1, 100),
      volume: millilitres(1, 200),
    },
    ['electroporatedCells'],
    { ...SPINNING.specifications, voltage: quantity('V', 1, 3000) },
  ),
  define(
    'expand',
    'Expand the cells',
    {
      ...CULTURE,
      /** Kept up by feeding and perfusion. */
      glucose: quantity('mmol/L', 1, 30),
      /** Medium per cell and day [pL]. */
      perCell: z.number().min(1).max(1000).optional(),
      /** Most exchange [culture volumes per day]. */
      mostPerDay: z.number().min(0.1).max(5).optional(),
      cells: quantity('{cells}', 1e6, 1e12),
      atLeast: quantity('h', 1, 2000),
      atMost: quantity('h', 1, 2000),
    },
    ['inoculatedDensity', 'expandedCells', 'expansionHours', 'expansionGlucose'],
    { glucoseResolution: GLUCOSE_RESOLUTION },
  ),
  define(
    'expandLayer',
    'Expand adherent cells',
    {
      ...CULTURE,
      /** Medium is exchanged before glucose falls below. */
      glucose: quantity('mmol/L', 0.1, 30),
      /** Glucose that a cell takes up in a day [pmol], by which cells are estimated. */
      uptake: z.number().min(0.1).max(1000),
      volume: millilitres(50, 1000),
      cells: quantity('{cells}', 1e5, 1e11),
      atLeast: quantity('h', 1, 2000),
      atMost: quantity('h', 1, 2000),
    },
    ['expandedCells', 'expansionHours', 'expansionGlucose'],
    { glucoseResolution: GLUCOSE_RESOLUTION },
  ),
  define(
    'harvest',
    'Harvest and concentrate the culture',
    SPINNING.parameters,
    ['harvestedMl'],
    SPINNING.specifications,
  ),
  define('detach', 'Detach adherent cells by trypsin', {
    volume: millilitres(10, 400),
    duration: minutes(1, 60),
  }),
  define('debead', 'Remove the beads', { duration: minutes(0.05, 60) }),
  define(
    'concentrate',
    'Bring to a volume in buffer, spin, keep the cells in a small volume',
    { ...SPINNING.parameters, volume: millilitres(5, 1000) },
    [],
    SPINNING.specifications,
  ),
  define(
    'formulate',
    'Bring into the final formulation',
    {
      volume: millilitres(5, 1000),
      /** Share of cryoprotectant in the product. */
      dmso: quantity('%', 0, 20),
    },
    ['formulatedMl'],
  ),
  define('fill', 'Fill into bags', {}, ['filledMl']),
  define(
    'freeze',
    'Freeze at a controlled rate',
    { target: quantity('Cel', -150, -20) },
    ['coolingRate'],
    { rate: quantity('K/min', 0.1, 10) },
  ),
  define('dispatch', 'Hand the product out', {}),
];

/** Functions by the names that recipes use. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.name, definition]),
);
