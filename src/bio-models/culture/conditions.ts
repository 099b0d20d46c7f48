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
  /** Oxygen [% of air saturation]. */
  airSaturation: number;
  glucose: number;
  glutamine: number;
  lactate: number;
  ammonium: number;
  il2: number;
  il15: number;
  /** Glycolysis relative to that in warm, rich and neutral medium, 0..1. */
  glycolysis: number;

  /** Living cells, and the oxygen that they would take up if it were warm and plenty [mol/s]. */
  living: number;
  oxygenDemand: number;
  /** Share of the cells that may divide after a pulse. */
  able: number;
  /** Death of every cell, and of those that carry no injury [1/s]. */
  death: number;
  ownDeath: number;
  /** Vector that each cell takes up [TU/s]. */
  vectorPerCell: number;
  /** Living cells without the receptor; each comes to show one that it has integrated at this rate [1/s]. */
  without: number;
  shownPerCell: number;

  /** Cells that are born, burst, die beside the common death, divide without a receptor, come to show one [1/s]. */
  born: number;
  lysed: number;
  lost: number;
  copied: number;
  shown: number;
  /** Glucose and glutamine that cells take up [mol/s]. */
  glucoseUse: number;
  glutamineUse: number;
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
    airSaturation: 0,
    glucose: 0,
    glutamine: 0,
    lactate: 0,
    ammonium: 0,
    il2: 0,
    il15: 0,
    glycolysis: 0,
    living: 0,
    oxygenDemand: 0,
    able: 0,
    death: 0,
    ownDeath: 0,
    vectorPerCell: 0,
    without: 0,
    shownPerCell: 0,
    born: 0,
    lysed: 0,
    lost: 0,
    copied: 0,
    shown: 0,
    glucoseUse: 0,
    glutamineUse: 0,
  };
}
