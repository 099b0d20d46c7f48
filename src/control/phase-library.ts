import type { PhaseDefinition } from './phase.ts';
import { activate } from './phases/activate.ts';
import { addLiquid } from './phases/add-liquid.ts';
import { addVector } from './phases/add-vector.ts';
import { activateInCassette } from './phases/cassette/activate-in-cassette.ts';
import { addToCassette } from './phases/cassette/add-to-cassette.ts';
import { detachCassette } from './phases/cassette/detach-cassette.ts';
import { electroporateCassette } from './phases/cassette/electroporate-cassette.ts';
import { expandInCassette } from './phases/cassette/expand-in-cassette.ts';
import { expandLayer } from './phases/cassette/expand-layer.ts';
import { limitInCassette } from './phases/cassette/limit-in-cassette.ts';
import { measureCassette } from './phases/cassette/measure-cassette.ts';
import { selectInCassette } from './phases/cassette/select-in-cassette.ts';
import { spinCassette } from './phases/cassette/spin-cassette.ts';
import { admit, takeIn } from './phases/cassette/take-in.ts';
import {
  debeadCassette,
  fillFromCassette,
  formulateCassette,
  freezeProduct,
  handOut,
} from './phases/cassette/finish-product.ts';
import {
  addVectorToCassette,
  transduceInCassette,
} from './phases/cassette/transduce-in-cassette.ts';
import { bringKit } from './phases/bring-kit.ts';
import { changeOver, decontaminateZone, exchangeReactor } from './phases/change-over.ts';
import { countCells } from './phases/count-cells.ts';
import { debead } from './phases/debead.ts';
import { exportProduct } from './phases/export-product.ts';
import { fillBag } from './phases/fill-bag.ts';
import { formulate } from './phases/formulate.ts';
import { freezeBag } from './phases/freeze-bag.ts';
import { harvest } from './phases/harvest.ts';
import { importVessels } from './phases/import-vessels.ts';
import { inoculate } from './phases/inoculate.ts';
import { labelAndSeparate } from './phases/label-and-separate.ts';
import { limitCells } from './phases/limit-cells.ts';
import { moveVessel } from './phases/move-vessel.ts';
import { holdCulture, perfuse } from './phases/perfuse.ts';
import { pumpThroughLine } from './phases/pump-through-line.ts';
import { resuspend } from './phases/resuspend.ts';
import { setAside } from './phases/set-aside.ts';
import { spinAndDecant } from './phases/spin-and-decant.ts';
import { thawBag } from './phases/thaw-bag.ts';
import { startTransduction, transduce } from './phases/transduce.ts';

const DEFINITIONS: readonly PhaseDefinition[] = [
  activate,
  addLiquid,
  addVector,
  bringKit,
  changeOver,
  countCells,
  debead,
  decontaminateZone,
  exchangeReactor,
  exportProduct,
  fillBag,
  formulate,
  freezeBag,
  harvest,
  holdCulture,
  importVessels,
  inoculate,
  labelAndSeparate,
  limitCells,
  moveVessel,
  perfuse,
  pumpThroughLine,
  resuspend,
  setAside,
  spinAndDecant,
  startTransduction,
  thawBag,
  transduce,
  activateInCassette,
  addToCassette,
  addVectorToCassette,
  debeadCassette,
  detachCassette,
  electroporateCassette,
  expandInCassette,
  expandLayer,
  fillFromCassette,
  formulateCassette,
  freezeProduct,
  handOut,
  limitInCassette,
  measureCassette,
  selectInCassette,
  spinCassette,
  admit,
  takeIn,
  transduceInCassette,
];

/** Phases by the names that realisations use. */
export const PHASE_LIBRARY: ReadonlyMap<string, PhaseDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.name, definition]),
);
