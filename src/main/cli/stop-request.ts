/**
 * Resolves when the process is asked to end: SIGINT, SIGTERM, or the end of the process that started
 * it with a channel. Further requests change nothing: what is being ended ends once.
 */
export function stopRequested(): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(undefined);
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    if (process.channel === undefined) return;
    process.on('disconnect', stop);
    process.channel.unref();
  });
}
