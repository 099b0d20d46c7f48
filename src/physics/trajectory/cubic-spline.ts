/**
 * Curvatures (second derivatives over the knot index) at the knots of the cubic spline through
 * `values`, spaced one apart. End slopes are the third-order one-sided differences of the knots.
 * de Boor, "A Practical Guide to Splines" (1978), chapter IV; tridiagonal system solved by Thomas'
 * algorithm.
 *
 * @param values at least four knots
 */
export function splineCurvatures(values: readonly number[]): number[] {
  const n = values.length;
  const f = (i: number): number => values[i] as number;
  const startSlope = (-11 * f(0) + 18 * f(1) - 9 * f(2) + 2 * f(3)) / 6;
  const endSlope = (11 * f(n - 1) - 18 * f(n - 2) + 9 * f(n - 3) - 2 * f(n - 4)) / 6;
  const upper = new Float64Array(n);
  const m = new Float64Array(n);
  upper[0] = 1 / 2;
  m[0] = (6 * (f(1) - f(0) - startSlope)) / 2;
  for (let i = 1; i < n; i++) {
    const last = i === n - 1;
    const rhs = last ? 6 * (endSlope - f(i) + f(i - 1)) : 6 * (f(i + 1) - 2 * f(i) + f(i - 1));
    const pivot = (last ? 2 : 4) - (upper[i - 1] as number);
    upper[i] = 1 / pivot;
    m[i] = (rhs - (m[i - 1] as number)) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) {
    m[i] = (m[i] as number) - (upper[i] as number) * (m[i + 1] as number);
  }
  return Array.from(m);
}

/** Derivative of order 0 to 3 of a spline segment at `u` in [0, 1] between two knots. */
export function evaluateSpline(
  from: number,
  to: number,
  fromCurvature: number,
  toCurvature: number,
  u: number,
  order: 0 | 1 | 2 | 3,
): number {
  const w = 1 - u;
  switch (order) {
    case 0:
      return w * from + u * to + ((w ** 3 - w) * fromCurvature + (u ** 3 - u) * toCurvature) / 6;
    case 1:
      return to - from + ((1 - 3 * w * w) * fromCurvature + (3 * u * u - 1) * toCurvature) / 6;
    case 2:
      return w * fromCurvature + u * toCurvature;
    case 3:
      return toCurvature - fromCurvature;
  }
}
