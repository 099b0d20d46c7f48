/** The batch cannot go on. */
export class BatchFailure extends Error {
  override readonly name = 'BatchFailure';
  /** Device that failed last, where one did. */
  readonly device: string | undefined;

  constructor(message: string, device?: string) {
    super(message);
    this.device = device;
  }
}
