import type { EffectContext } from '../../definition/device.ts';

/** What the welder has in its jaws and how often it joined which line. */
export interface WelderState {
  line: string;
  welds: Record<string, number>;
  total: number;
}

type Context = EffectContext<unknown, WelderState>;

/** Effects of the welder by the names of its machine's actions. */
export const welderEffects = {
  begun: (ctx: Context, event: { line: string }) => {
    ctx.state.line = event.line;
  },
  skipIfJoined: (ctx: Context) => {
    if (ctx.plant.line(ctx.state.line)?.connected === true) ctx.raise({ type: 'line.ready' });
  },
  skipIfParted: (ctx: Context) => {
    if (ctx.plant.line(ctx.state.line)?.connected === false) ctx.raise({ type: 'line.ready' });
  },
  welded: (ctx: Context) => {
    const { state } = ctx;
    ctx.plant.joinLine(state.line);
    state.welds[state.line] = (state.welds[state.line] ?? 0) + 1;
    state.total += 1;
    state.line = '';
  },
  sealed: (ctx: Context) => {
    ctx.plant.setLineConnected(ctx.state.line, false);
    ctx.state.line = '';
  },
  ended: (ctx: Context) => {
    ctx.state.line = '';
  },
  renewed: (ctx: Context, event: { line: string }) => {
    delete ctx.state.welds[event.line];
    ctx.plant.renewLine(event.line);
    ctx.setAlarm('worn', false);
  },
} as const;
