import { Color } from 'three';
import { LIQUID_TINTS, type LiquidTint } from '../../kernel/view-contract.ts';

const COLOURS: Readonly<Record<LiquidTint, string>> = {
  clear: '#dbe9ee',
  medium: '#e88f73',
  blood: '#a8322c',
  buffer: '#cfe3ea',
  waste: '#cf9f48',
  vector: '#b9a7d8',
  frozen: '#e9f1f6',
};
const CLOUD = new Color('#f3ead9');

const colours = LIQUID_TINTS.map((tint) => new Color(COLOURS[tint]));

/** Colour of a liquid, whitened by the cells in it. */
export function liquidColour(tint: number, turbidity: number, out: Color): Color {
  const base = colours[Math.round(tint)] ?? (colours[0] as Color);
  return out.copy(base).lerp(CLOUD, Math.min(1, turbidity) * 0.62);
}

/** Clear liquids are nearly glass; clouded ones hide what is behind them. */
export function liquidOpacity(turbidity: number): number {
  return 0.58 + 0.38 * Math.min(1, turbidity);
}
