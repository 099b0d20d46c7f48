/** What is wrong with an expression that a person wrote. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly remedy: string;
  /** Where it stands in what is being read. */
  readonly path: readonly string[];

  constructor(message: string, remedy: string, path: readonly string[] = []) {
    super(message);
    this.remedy = remedy;
    this.path = path;
  }
}

/** Does some work on the piece at `path`, for some loop variables; its errors then say both. */
export function locate<T>(path: readonly string[], work: () => T, indices = ''): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = indices === '' ? error.message : `${error.message} (for ${indices})`;
    throw new ExpressionError(message, error.remedy, [...path, ...error.path]);
  }
}
