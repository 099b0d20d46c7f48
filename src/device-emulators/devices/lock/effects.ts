import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import type { Micros } from '../../../kernel/time.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the lock is doing. */
export interface LockState {
  /** Openness of the doors, 0 to 1. */
  inner: Travel;
  outer: Travel;
  /** Whether the chamber has been decontaminated since the outer door was last open. */
  clean: boolean;
  cycleSince: Micros;
  /** Transfer by an operator in progress. */
  handling: { vessel: string; position: number; to: string };
}

/** Configuration, SI. */
export interface LockConfig {
  readonly positions: number;
  readonly doorTime: number;
  readonly decontaminationTime: number;
}

export const SHUT: LockState = {
  inner: resting(0),
  outer: resting(0),
  clean: true,
  cycleSince: 0,
  handling: { vessel: '', position: 0, to: '' },
};

type Context = EffectContext<LockConfig, LockState>;

/** Name of place number `position`, from 1. */
export function positionName(position: number): string {
  return `position${position}`;
}

function setPlacesOpen(ctx: Context, open: boolean): void {
  for (let i = 1; i <= ctx.config.positions; i++) ctx.plant.setPlaceOpen(positionName(i), open);
}

/** Effects of the lock by the names of its machine's actions. */
export const lockEffects = {
  innerOpening: (ctx: Context) => {
    ctx.plant.setDoor('inner', true);
    ctx.state.inner = travelTo(ctx.state.inner, 1, ctx.now, ctx.config.doorTime);
  },
  innerOpened: (ctx: Context) => setPlacesOpen(ctx, true),
  innerClosing: (ctx: Context) => {
    setPlacesOpen(ctx, false);
    ctx.state.inner = travelTo(ctx.state.inner, 0, ctx.now, ctx.config.doorTime);
  },
  innerClosed: (ctx: Context) => ctx.plant.setDoor('inner', false),
  outerOpening: (ctx: Context) => {
    ctx.plant.setDoor('outer', true);
    ctx.state.clean = false;
    ctx.state.outer = travelTo(ctx.state.outer, 1, ctx.now, ctx.config.doorTime);
  },
  outerClosing: (ctx: Context) => {
    ctx.state.outer = travelTo(ctx.state.outer, 0, ctx.now, ctx.config.doorTime);
  },
  outerClosed: (ctx: Context) => ctx.plant.setDoor('outer', false),
  handlingBegun: (ctx: Context, event: { vessel?: string; position: number; to?: string }) => {
    const { vessel = '', position, to = '' } = event;
    ctx.state.handling = { vessel, position, to };
  },
  loaded: (ctx: Context) => {
    const { vessel, position } = ctx.state.handling;
    if ((ctx.plant.vessel(vessel)?.place ?? '') === '') {
      ctx.fail('NO_VESSEL', `${vessel} was taken away before it could be put in`);
    } else ctx.plant.moveVessel(vessel, positionName(position));
  },
  unloaded: (ctx: Context) => {
    const { position, to } = ctx.state.handling;
    const vessel = ctx.plant.vesselAt(positionName(position));
    const there = ctx.plant.vesselAt(to);
    if (vessel === undefined) ctx.fail('NO_VESSEL', `position ${position} is empty`);
    else if (there !== undefined) ctx.fail('PLACE_OCCUPIED', `${there.id} stands in ${to}`);
    else ctx.plant.moveVessel(vessel.id, to);
  },
  decontaminating: (ctx: Context) => {
    ctx.state.cycleSince = ctx.now;
  },
  decontaminated: (ctx: Context) => {
    ctx.state.clean = true;
  },
} as const;
