import type { VesselShape } from '../kernel/view-contract.ts';

/** A kind of vessel: geometry and mass. SI. */
export interface VesselKind {
  readonly title: string;
  readonly shape: VesselShape;
  /** Brim-full volume [m3]. */
  readonly capacity: number;
  /** Half of the width [m]. */
  readonly radius: number;
  /** Front to back [m], where it is neither round nor as thick as its contents. */
  readonly depth?: number;
  readonly height: number;
  /** Empty, with cap [kg]. */
  readonly mass: number;
  /** Conductance from the contents to still air [W/K]. */
  readonly airConductance: number;
  /** Surface for adherent cells [m2]. */
  readonly surface?: number;
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
  'cassette-s100': cassette('Cassette 100 mL', 100e-6),
  'cassette-s300': cassette('Cassette 300 mL', 300e-6),
  'cassette-s1000': cassette('Cassette 1 L', 1e-3),
  'cassette-a100': adherent('Adherent cassette 100 mL', 100e-6),
  'cassette-a300': adherent('Adherent cassette 300 mL', 300e-6),
  'cassette-a1000': adherent('Adherent cassette 1 L', 1e-3),
  connector: body('Connector head', 0.05, 0.1, 0.06, 3),
  module: body('Module', 0.3, 0.7, 0.9, 80),
  shuttle: body('Shuttle', 0.3, 0.7, 0.1, 40),
  lift: body('Lift', 0.35, 0.7, 4.65, 400),
  'tank-200l': kind('Tank 200 L', 'bioreactor', 0.2, 0.27, 0.9, 12, 20, false),
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

/** Cassettes of all inner sizes have one outer format; shell and core weigh 2 kg. Assumed. */
function cassette(title: string, capacity: number): VesselKind {
  const shell = kind(title, 'cassette', capacity, 0.13, 0.1, 2, 1.5, false);
  return { ...shell, depth: 0.18 };
}

/** Cassette with stacked plates, 5 cm2 per millilitre as in common multilayer vessels; assumed. */
function adherent(title: string, capacity: number): VesselKind {
  return { ...cassette(title, capacity), surface: 500 * capacity };
}

/** Body of a movable device; it holds no liquid. */
function body(
  title: string,
  radius: number,
  depth: number,
  height: number,
  mass: number,
): VesselKind {
  return { ...kind(title, 'body', 0, radius, height, mass, 1, false), depth };
}
