/**
 * Factorises a dense matrix in place as P A = L U with partial pivoting (Golub, Van Loan, "Matrix
 * Computations", 4th ed., section 3.4).
 *
 * @param a row by row, `n` times `n`; receives the factors
 * @param pivots receives the row taken at each elimination
 * @returns false when the matrix is singular or not finite
 */
export function factorise(a: Float64Array, n: number, pivots: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    let pivot = k;
    let largest = Math.abs(a[k * n + k] as number);
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(a[i * n + k] as number);
      if (size > largest) {
        largest = size;
        pivot = i;
      }
    }
    pivots[k] = pivot;
    if (!(largest > 0 && Number.isFinite(largest))) return false;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const kept = a[k * n + j] as number;
        a[k * n + j] = a[pivot * n + j] as number;
        a[pivot * n + j] = kept;
      }
    }
    const diagonal = a[k * n + k] as number;
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k] as number) / diagonal;
      a[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) {
        a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
      }
    }
  }
  return true;
}

/** Solves A x = b with the factors of `factorise`; `b` becomes x. */
export function solve(a: Float64Array, n: number, pivots: Int32Array, b: Float64Array): void {
  for (let k = 0; k < n; k++) {
    const pivot = pivots[k] as number;
    const kept = b[k] as number;
    b[k] = b[pivot] as number;
    b[pivot] = kept;
  }
  for (let i = 1; i < n; i++) {
    let sum = b[i] as number;
    for (let j = 0; j < i; j++) sum -= (a[i * n + j] as number) * (b[j] as number);
    b[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let j = i + 1; j < n; j++) sum -= (a[i * n + j] as number) * (b[j] as number);
    b[i] = sum / (a[i * n + i] as number);
  }
}
