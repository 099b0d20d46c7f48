import { describe, expect, it } from 'vitest';
import type { OdeProblem } from '../../../src/bio-models/solver/dormand-prince.ts';
import { locateEvent } from '../../../src/bio-models/solver/events.ts';
import {
  createIntegrator,
  solveTo,
  type OdeMethod,
} from '../../../src/bio-models/solver/integrator.ts';

type Rates = OdeProblem['rates'];

const robertson: Rates = (_t, y, out) => {
  const [a = 0, b = 0, c = 0] = y;
  out[0] = -0.04 * a + 1e4 * b * c;
  out[1] = 0.04 * a - 1e4 * b * c - 3e7 * b * b;
  out[2] = 3e7 * b * b;
};

const vanDerPol: Rates = (_t, y, out) => {
  const [a = 0, b = 0] = y;
  out[0] = b;
  out[1] = 1000 * (1 - a * a) * b - a;
};

const hires: Rates = (_t, y, out) => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = y;
  out[0] = -1.71 * a + 0.43 * b + 8.32 * c + 0.0007;
  out[1] = 1.71 * a - 8.75 * b;
  out[2] = -10.03 * c + 0.43 * d + 0.035 * e;
  out[3] = 8.32 * b + 1.71 * c - 1.12 * d;
  out[4] = -1.745 * e + 0.43 * f + 0.43 * g;
  out[5] = -280 * f * h + 0.69 * d + 1.71 * e - 0.43 * f + 0.69 * g;
  out[6] = 280 * f * h - 1.81 * g;
  out[7] = -280 * f * h + 1.81 * g;
};

function solution(
  rates: Rates,
  start: readonly number[],
  until: number,
  absolute: number,
  relative = 1e-9,
  method: OdeMethod = 'stiff',
): Float64Array {
  const problem: OdeProblem = {
    dimension: start.length,
    rates,
    relativeTolerance: relative,
    absoluteTolerance: new Float64Array(start.length).fill(absolute),
    firstStep: 1e-6,
    largestStep: until,
  };
  const integrator = createIntegrator(problem, method);
  return solveTo(integrator, integrator.begin(0, Float64Array.from(start)), until);
}

describe('stiff problems end where the Bari test set says', () => {
  // Six digits: the reference values carry at least nine, and 1e-9 is asked of each step.
  it.each([
    {
      name: 'Robertson, t = 40',
      rates: robertson,
      start: [1, 0, 0],
      until: 40,
      absolute: 1e-14,
      end: [0.715827068719, 9.18553476456e-6, 0.284163745746],
    },
    {
      name: 'Robertson, t = 1e11',
      rates: robertson,
      start: [1, 0, 0],
      until: 1e11,
      absolute: 1e-22,
      end: [0.2083340149701255e-7, 0.8333360770334713e-13, 0.999999979166505],
    },
    {
      name: 'HIRES',
      rates: hires,
      start: [1, 0, 0, 0, 0, 0, 0, 0.0057],
      until: 321.8122,
      absolute: 1e-13,
      end: [
        0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2,
        0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
      ],
    },
    {
      name: 'van der Pol, mu = 1000',
      rates: vanDerPol,
      start: [2, 0],
      until: 2000,
      absolute: 1e-11,
      end: [1.706167732170469, -0.8928097010248125e-3],
    },
  ])('$name', ({ rates, start, until, absolute, end }) => {
    const reached = solution(rates, start, until, absolute);
    end.forEach((expected, i) => {
      expect(Math.abs((reached[i] ?? 0) / expected - 1)).toBeLessThan(1e-6);
    });
  });

  it('keeps mass in Robertson', () => {
    const [a = 0, b = 0, c = 0] = solution(robertson, [1, 0, 0], 1e6, 1e-18);
    expect(Math.abs(a + b + c - 1)).toBeLessThan(1e-10);
  });
});

const decay = {
  rates: (_t: number, [y = 0]: Float64Array, out: Float64Array) => {
    out[0] = -y * y;
  },
  exact: (t: number) => 1 / (1 + t),
};
const forced = {
  rates: (t: number, [y = 0]: Float64Array, out: Float64Array) => {
    out[0] = Math.cos(t) * y;
  },
  exact: (t: number) => Math.exp(Math.sin(t)),
};

/** Error of fixed steps from y(0) = 1 over [0, 2], at a fraction `inside` of the last step. */
function fixedStepError(
  { rates, exact }: typeof decay,
  method: OdeMethod,
  steps: number,
  inside: number,
): number {
  const problem: OdeProblem = {
    dimension: 1,
    rates,
    relativeTolerance: 1e9,
    absoluteTolerance: new Float64Array([1]),
    firstStep: 2 / steps,
    largestStep: 2 / steps,
  };
  const integrator = createIntegrator(problem, method);
  const at = 2 - (1 - inside) * (2 / steps);
  const reached = solveTo(integrator, integrator.begin(0, new Float64Array([1])), at);
  return Math.abs((reached[0] ?? 0) - exact(at));
}

describe('order of convergence', () => {
  // Twice the steps divide the error by 2^order; half an order of slack for the higher terms. Steps
  // are fine enough that the error keeps its sign and coarse enough to stay above rounding. A dense
  // output of order p - 1 has a local error of order p, so it does not lower the order seen.
  it.each([
    { name: 'y2', problem: decay, method: 'stiff', order: 4, inside: 1, steps: 20 },
    { name: 'y2', problem: decay, method: 'stiff', order: 4, inside: 0.3, steps: 20 },
    { name: 'forced', problem: forced, method: 'explicit', order: 5, inside: 1, steps: 20 },
    { name: 'forced', problem: forced, method: 'explicit', order: 5, inside: 0.3, steps: 40 },
    { name: 'forced', problem: forced, method: 'stiff', order: 4, inside: 1, steps: 80 },
  ] as const)(
    '$method is of order $order on $name, $inside into a step',
    ({ problem, method, order, inside, steps }) => {
      const coarse = fixedStepError(problem, method, steps, inside);
      const fine = fixedStepError(problem, method, 2 * steps, inside);
      expect(Math.abs(Math.log2(coarse / fine) - order)).toBeLessThan(0.5);
    },
  );
});

describe('the published ambr15 model of T-cell culture', () => {
  /** State: living and dead cells [1e6/ml], glucose [g/L], inhibitor integral [1e6 cell h/ml]. */
  function ambr15(feed: number, growth: number): Rates {
    return (_t, y, out) => {
      const [living = 0, , glucose = 0, integral = 0] = y;
      const inhibited = 1 / (1 + Math.exp(-0.111 * (integral - 143.26)));
      const past = Math.max(0, integral);
      const starved = 1 - 1 / (1 + Math.exp(-30 * (glucose - 0.05)));
      const mu = growth * (glucose / (2.71 + glucose)) * (1 - inhibited);
      const death = (0.007 * past) / (150 + past) + 0.083 * starved;
      out[0] = (mu - death) * living;
      out[1] = death * living;
      out[2] = (feed / 50) * (20 - glucose) - 0.05 * living * (glucose / (0.2 + glucose));
      out[3] = living;
    };
  }

  function problem(rates: Rates): OdeProblem {
    return {
      dimension: 4,
      rates,
      relativeTolerance: 1e-9,
      absoluteTolerance: new Float64Array(4).fill(1e-10),
      firstStep: 0.01,
      largestStep: 10,
    };
  }

  // 1e-3 relative; glucose 1.5e-3, as rounding to three decimals alone is up to 1.2e-3 of 0.415 g/L.
  // The lag ends where the integral crosses zero.
  it.each([
    { feed: 0.1, lag: 22.7, at96: [1.265, 0.415, 0.872], at120: [1.253, 0.362, 0.821] },
    { feed: 0.5, lag: 22.54, at96: [2.646, 7.532, 0.895], at120: [2.63, 7.381, 0.828] },
    { feed: 1, lag: 22.44, at96: [3.019, 12.84, 0.894], at120: [2.845, 12.79, 0.819] },
  ])('feed $feed ml/h', ({ feed, lag, at96, at120 }) => {
    const first = createIntegrator(problem(ambr15(feed, 0.004)), 'explicit');
    let state = first.begin(0, new Float64Array([1.1 * 0.95, 1.1 * 0.05, 1, -24]));
    let end: number | undefined;
    while (end === undefined) {
      const step = first.step(state);
      end = locateEvent(step, (_t, y) => y[3] ?? 0);
      if (end === undefined) state = first.after(step);
    }
    expect(Math.abs(end - lag)).toBeLessThan(0.006);
    const atEnd = solveTo(first, state, end);
    const second = createIntegrator(problem(ambr15(feed, 0.02)), 'explicit');
    for (const [t, [living = 0, glucose = 0, viability = 0]] of [
      [96, at96],
      [120, at120],
    ] as const) {
      const [x = 0, dead = 0, g = 0] = solveTo(second, second.begin(end, atEnd), t);
      expect(Math.abs(x / living - 1)).toBeLessThan(1e-3);
      expect(Math.abs(g / glucose - 1)).toBeLessThan(1.5e-3);
      expect(Math.abs(x / (x + dead) / viability - 1)).toBeLessThan(1e-3);
    }
  });
});
