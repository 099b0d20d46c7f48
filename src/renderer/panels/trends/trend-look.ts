import type { SignalDescription } from '../../../kernel/plant-contract.ts';
import type { Theme } from '../../state/ui-store.ts';

/** Okabe and Ito's palette without its orange and vermillion, which look like alarms. */
const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0072b2', '#00785a', '#8a4a75', '#3d8fc4', '#5b5b00', '#333333', '#4b4ba0', '#00616b'],
  dark: ['#56b4e9', '#3ccfa4', '#e2a3c7', '#8ecbf0', '#e9df6a', '#e0e0e0', '#a9a9f5', '#6fd7e0'],
};

export function trendColour(theme: Theme, index: number): string {
  return COLOURS[theme][index % COLOURS[theme].length] as string;
}

/** A signal in the trends. */
export interface Trend {
  readonly path: string;
  readonly device: string;
  readonly signal: SignalDescription | undefined;
}

/** Stretches of simulated time to look at [s]; 0 is all that was recorded. */
export const WINDOWS: readonly { readonly label: string; readonly seconds: number }[] = [
  { label: '5 min', seconds: 300 },
  { label: '1 h', seconds: 3600 },
  { label: '6 h', seconds: 21_600 },
  { label: '1 d', seconds: 86_400 },
  { label: 'All', seconds: 0 },
];
