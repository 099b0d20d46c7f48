import type { VesselShape } from '../kernel/view-contract.ts';

/** A kind of vessel: geometry and mass. SI. */
export interface VesselKind {
  readonly title: string;
  readonly shape: VesselShape;
  /** Brim-full volume [m3]. */
  readonly capacity: number;
  /** Half of the width [m]. */
  readonly radius: number;
  readonly height: number;
  /** Empty, with cap [kg]. */
  readonly mass: number;
  /** Conductance from the contents to still air [W/K]. */
  readonly airConductance: number;
  /** Has a screw cap that can be taken off. */
  readonly cappable: boolean;
}

/**
 * Vessel kinds. Bottle sizes follow common conical 250 ml centrifuge bottles and 500 ml square
 * bottles; all numbers are assumed, none is one product's.
 */
export const VESSEL_KINDS: Readonly<Record<string, VesselKind>> = {
  'bottle-250': kind('Centrifuge bottle 250 mL', 'bottle', 250e-6, 0.031, 0.15, 0.048, 0.35, true),
  'bottle-500': kind('Bottle 500 mL', 'bottle', 500e-6, 0.038, 0.18, 0.07, 0.5, true),
  'tube-50': kind('Tube 50 mL', 'tube', 50e-6, 0.0145, 0.115, 0.013, 0.1, true),
  'vector-vial': kind('Vector vial 50 mL', 'tube', 50e-6, 0.0145, 0.115, 0.013, 0.1, true),
  cryobag: kind('Cryobag 250 mL', 'bag', 250e-6, 0.06, 0.19, 0.03, 0.6, false),
  'product-bag': kind('Product bag 100 mL', 'bag', 100e-6, 0.045, 0.14, 0.018, 0.4, false),
  'bag-20l': kind('Bag 20 L', 'bag', 20e-3, 0.2, 0.5, 0.25, 4, false),
  'reactor-200': kind(
    'Bioreactor vessel 200 mL',
    'bioreactor',
    250e-6,
    0.035,
    0.11,
    0.4,
    0.3,
    false,
  ),
  'reactor-2l': kind('Bioreactor vessel 2 L', 'bioreactor', 2.5e-3, 0.065, 0.24, 2.2, 1.2, false),
  reservoir: kind('Reservoir', 'bottle', 2e-3, 0.06, 0.2, 0.2, 1, false),
};

function kind(
  title: string,
  shape: VesselShape,
  capacity: number,
  radius: number,
  height: number,
  mass: number,
  airConductance: number,
  cappable: boolean,
): VesselKind {
  return {
    title,
    shape,
    capacity,
    radius,
    height,
    mass,
    airConductance,
    cappable,
  };
}
