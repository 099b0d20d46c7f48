import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import { couplingOf, headOf, placeOfHead, type Reader } from './heads.ts';

type Check = (ctx: Reader, parameters: CommandParameters) => Refusal | undefined;

const known: Check = ({ id, config }, { head }) =>
  Number(head) <= config.heads
    ? undefined
    : refusal('OUT_OF_RANGE', `${id} has ${config.heads} heads, not ${head}`);

/** Head and cassette can be brought together, or are already as wanted. */
const free: Check = (ctx, parameters) => {
  const refused = known(ctx, parameters);
  if (refused !== undefined) return refused;
  const { id, plant } = ctx;
  if (plant.location() === '') {
    return refusal('NOT_CONNECTED', `${id} is built into no module; put it into one`);
  }
  const number = Number(parameters.head);
  const place = placeOfHead(plant, number);
  if (place === undefined) {
    return refusal('UNKNOWN_PLACE', `head ${number} of ${id} serves no place of its module`);
  }
  const vessel = plant.vesselAt(place);
  if (vessel === undefined) return refusal('NO_VESSEL', `there is no cassette in ${place}`);
  if (vessel.shape !== 'cassette') {
    return refusal('WRONG_VESSEL', `${vessel.id} in ${place} is no cassette`);
  }
  const coupling = plant.coupling(place);
  if (coupling === undefined) return undefined;
  if (coupling.connector === id && coupling.ports === parameters.ports) return undefined;
  const held = `${place} is coupled for ${coupling.ports} by ${coupling.connector}`;
  return refusal('ALREADY_CONNECTED', `${held}; disconnect it first`);
};

const coupled: Check = (ctx, parameters) => {
  const refused = known(ctx, parameters);
  if (refused !== undefined) return refused;
  if (couplingOf(ctx, headOf(ctx, Number(parameters.head))) !== undefined) return undefined;
  return refusal(
    'NOT_CONNECTED',
    `head ${parameters.head} of ${ctx.id} is parted; couple it first`,
  );
};

const sealed: Check = (ctx, parameters) => {
  const refused = coupled(ctx, parameters);
  if (refused !== undefined) return refused;
  if (headOf(ctx, Number(parameters.head)).sealed) return undefined;
  return refusal('INTERLOCK', `head ${parameters.head} of ${ctx.id} is not sealed; seal it first`);
};

/** Nothing must run through the ports when they are parted. */
const valveShut: Check = (ctx, parameters) => {
  const refused = known(ctx, parameters);
  if (refused !== undefined) return refused;
  const coupling = couplingOf(ctx, headOf(ctx, Number(parameters.head)));
  if (coupling === undefined || !ctx.plant.samplingValve(coupling.vessel)) return undefined;
  return refusal('INTERLOCK', `the sampling valve of ${coupling.vessel} is open; close it first`);
};

const parted: Check = (ctx, parameters) => {
  const refused = known(ctx, parameters);
  if (refused !== undefined) return refused;
  if (couplingOf(ctx, headOf(ctx, Number(parameters.head))) === undefined) return undefined;
  return refusal(
    'INTERLOCK',
    `head ${parameters.head} of ${ctx.id} is coupled; disconnect it first`,
  );
};

export const connectorPreconditions: Readonly<Record<string, Check>> = {
  couple: free,
  seal: coupled,
  sterilise: sealed,
  leakTest: sealed,
  open: sealed,
  close: known,
  decouple: (ctx, parameters) => {
    const refused = valveShut(ctx, parameters);
    if (refused !== undefined) return refused;
    if (couplingOf(ctx, headOf(ctx, Number(parameters.head)))?.open !== true) return undefined;
    return refusal('INTERLOCK', `head ${parameters.head} of ${ctx.id} is open; close it first`);
  },
  connect: free,
  disconnect: valveShut,
  renewHead: parted,
};
