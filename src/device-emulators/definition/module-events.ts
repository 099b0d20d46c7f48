/** What a module's machine may hear besides its commands. */
export type ModuleEvent =
  | { readonly type: 'abort' }
  | { readonly type: 'breakdown' }
  | { readonly type: 'repaired' }
  | { readonly type: 'power.lost' }
  | { readonly type: 'power.on' }
  | { readonly type: 'supply.changed' }
  | { readonly type: 'coupling.changed' };

/**
 * Transitions of a working state for all that ends the work before its time: an abort, a breakdown and
 * the loss of the dock. The runtime ends the operation; `actions` put things in order.
 */
export function interrupted<const Target extends string, const Action extends string>(
  target: Target,
  actions: Action,
) {
  const stop = { target, actions } as const;
  return { abort: stop, breakdown: stop, 'power.lost': stop } as const;
}
