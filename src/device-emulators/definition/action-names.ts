/**
 * Names of the actions that a device's machine may give, for XState's `setup({ actions })`. They do
 * nothing by themselves: the machine decides, and the twin looks the names up among the effects.
 * `complete` and `fail` are always there.
 */
export function actionNames<const Name extends string>(
  ...names: readonly Name[]
): Record<Name | 'complete' | 'fail', (args: unknown, parameters: any) => void> {
  const all = [...names, 'complete', 'fail'] as const;
  return Object.fromEntries(all.map((name) => [name, () => undefined])) as never;
}
