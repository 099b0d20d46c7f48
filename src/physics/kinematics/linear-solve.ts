/**
 * Solves `A x = b` in place by Gaussian elimination with partial pivoting; `b` becomes `x`.
 *
 * @param a n x n, row-major; destroyed
 * @returns whether the matrix was regular (pivots above 1e-14 in magnitude)
 */
export function solveInPlace(a: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  const at = (row: number, column: number): number => a[row * n + column] as number;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    if (Math.abs(at(pivot, column)) < 1e-14) return false;
    if (pivot !== column) {
      for (let k = column; k < n; k++) {
        const swap = at(column, k);
        a[column * n + k] = at(pivot, k);
        a[pivot * n + k] = swap;
      }
      const swap = b[column] as number;
      b[column] = b[pivot] as number;
      b[pivot] = swap;
    }
    for (let row = column + 1; row < n; row++) {
      const factor = at(row, column) / at(column, column);
      if (factor === 0) continue;
      for (let k = column; k < n; k++) a[row * n + k] = at(row, k) - factor * at(column, k);
      b[row] = (b[row] as number) - factor * (b[column] as number);
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row] as number;
    for (let k = row + 1; k < n; k++) sum -= at(row, k) * (b[k] as number);
    b[row] = sum / at(row, row);
  }
  return true;
}
