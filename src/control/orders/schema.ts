import { z } from 'zod';
import { quantity } from '../recipe/quantity.ts';

/** Longest mean time between two orders, and longest way [h]. */
const YEAR = 8760;
const LONGEST_WAY = 240;

/** A time that varies: never less, most often, never more [h]. */
const spreadSchema = z
  .strictObject({
    least: quantity('h', 0, LONGEST_WAY),
    usual: quantity('h', 0, LONGEST_WAY),
    most: quantity('h', 0, LONGEST_WAY),
  })
  .refine(({ least, usual, most }) => least <= usual && usual <= most, {
    message: 'least, usual and most must rise',
  });

const clinicSchema = z.strictObject({
  name: z.string().min(1),
  /** How many of the patients come from it, beside the others' shares. */
  share: z.number().min(0).max(1000),
  /** Way of the starting material to the plant, and of the product back. */
  in: spreadSchema,
  out: spreadSchema,
});

const productSchema = z.strictObject({
  /** Name or path of the recipe. */
  recipe: z.string().min(1),
  /** Batches are numbered behind it: `P` makes P-001. */
  label: z.string().regex(/^[A-Z][A-Z0-9]*$/, 'capital letters and digits, such as P or CAR'),
  /** Mean time between two orders. */
  every: quantity('h', 0.1, YEAR),
  /** Patients come by chance, stock is ordered regularly. */
  arrivals: z.enum(['random', 'regular']).default('random'),
  /** When the first may come; at once when absent. */
  from: quantity('h', 0, YEAR).default(0),
  /** For nobody in particular: made for stock, of donors' material that is at hand. */
  allogeneic: z.boolean().default(false),
  /** Of batches that wait for the same, the highest goes first. */
  priority: z.number().int().min(-100).max(100).default(0),
});

export const demandSchema = z
  .strictObject({
    doppel: z.literal(1),
    name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
    title: z.string().min(1),
    clinics: z.array(clinicSchema).default([]),
    products: z.array(productSchema).min(1),
  })
  .superRefine(({ products, clinics }, context) => {
    const labels = products.map(({ label }) => label);
    labels.forEach((label, i) => {
      if (labels.indexOf(label) === i) return;
      const message = `label ${label} is used twice; batches need labels of their own`;
      context.addIssue({ code: 'custom', path: ['products', i, 'label'], message });
    });
    const isServed = clinics.some(({ share }) => share > 0);
    if (!isServed && products.some(({ allogeneic }) => !allogeneic)) {
      const message = 'patients come from clinics; name one with a share above 0';
      context.addIssue({ code: 'custom', path: ['clinics'], message });
    }
  });

/** Who orders what, how often, and how far away. */
export type Demand = z.output<typeof demandSchema>;
export type DemandedProduct = Demand['products'][number];
export type Spread = z.output<typeof spreadSchema>;
