/**
 * What the cells of a culture find at one instant, and what they do together; rewritten by every
 * evaluation of the rates. Concentrations and amounts SI.
 */
export interface Conditions {
  /** [K]; the next seven follow from it alone. */
  temperature: number;
  temperatureFactor: number;
  /** Share of the metabolism that the temperature leaves, 0..1. */
  warm: number;
  /** Death of cells held cool and in DMSO [1/s]. */
  holdDeath: number;
  dmsoDeath: number;
  /** Pace of delayed death relative to 37 degC. */
  delayed: number;
  /** Decay of free vector [1/s]. */
  vectorDecay: number;

  oxygen: number;
  carbon: number;
  hydrogen: number;
  ph: number;
  glucose: number;
  il2: number;
  /** Growth that medium, gas and temperature allow, relative to the best: 0..1. */
  growth: number;
  glucoseFactor: number;

  /** Living cells, and the share of them that may divide after a pulse. */
  living: number;
  able: number;
  /** Death of every cell, and of those that carry no injury [1/s]. */
  death: number;
  ownDeath: number;
  /** Vector that each cell takes up [TU/s]. */
  vectorPerCell: number;

  /** Cells born [1/s], and oxygen that all cells would take up if there were plenty [mol/s]. */
  born: number;
  oxygenDemand: number;
}

export function createConditions(): Conditions {
  return {
    temperature: Number.NaN,
    temperatureFactor: 0,
    warm: 0,
    holdDeath: 0,
    dmsoDeath: 0,
    delayed: 0,
    vectorDecay: 0,
    oxygen: 0,
    carbon: 0,
    hydrogen: 0,
    ph: 0,
    glucose: 0,
    il2: 0,
    growth: 0,
    glucoseFactor: 0,
    living: 0,
    able: 0,
    death: 0,
    ownDeath: 0,
    vectorPerCell: 0,
    born: 0,
    oxygenDemand: 0,
  };
}
