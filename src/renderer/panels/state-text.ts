/** `spinningDown` or `running.heating` of a machine as words. */
export function formatState(state: string): string {
  return state
    .replaceAll('.', ' · ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
