import { useEffect } from 'react';
import type { ViewEquipment } from '../../kernel/view-contract.ts';
import type { SignalDescription } from '../../kernel/plant-contract.ts';
import { formatValue, unitSymbol } from '../panels/format.ts';
import { priorityOf, worstAlarm } from '../panels/alarms/alarm-look.ts';
import { plantStore } from '../state/plant-store.ts';
import { signalStore } from '../state/signal-store.ts';
import type { Model } from './model.ts';

/** Displays and lamps follow at this pace [ms]. */
const REFRESH_MS = 500;
const LINES_ON_SCREEN = 3;

interface Watched {
  readonly id: string;
  readonly model: Model;
  readonly title: string;
  readonly signals: readonly SignalDescription[];
}

/** Keeps displays and stack lights of the models at what the devices say. */
export function useDeviceLooks(
  placed: readonly { readonly equipment: ViewEquipment; readonly model: Model }[],
): void {
  useEffect(() => {
    const { devices } = plantStore.getState();
    const watched: Watched[] = placed
      .filter(({ model }) => (model.screens?.length ?? 0) + (model.lamps?.length ?? 0) > 0)
      .map(({ equipment: { id, title }, model }) => {
        const signals = (model.screens?.length ?? 0) === 0 ? [] : (devices.get(id)?.signals ?? []);
        const numbers = signals.filter((s) => s.kind === 'number' && s.direction === 'output');
        return { id, model, title, signals: numbers.slice(0, LINES_ON_SCREEN) };
      });
    const release = signalStore.want(
      watched.flatMap(({ id, signals }) => [
        `${id}.state`,
        `${id}.operationState`,
        ...signals.map(({ name }) => `${id}.${name}`),
      ]),
    );
    const timer = setInterval(() => {
      for (const device of watched) refresh(device);
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
      release();
    };
  }, [placed]);
}

function refresh({ id, model, title, signals }: Watched): void {
  const { alarms } = plantStore.getState();
  const busy = signalStore.latest(`${id}.operationState`)?.text === 'running';
  const worst = worstAlarm(alarms, id);
  const alarm = worst === undefined ? 'none' : priorityOf(worst);
  for (const lamp of model.lamps ?? []) lamp.show({ alarm, busy });
  const state = signalStore.latest(`${id}.state`)?.text ?? '';
  const lines = signals.map((signal) => ({
    label: signal.title,
    value: `${formatValue(signal, signalStore.latest(`${id}.${signal.name}`))} ${unitSymbol(signal.unit)}`,
  }));
  for (const screen of model.screens ?? []) screen.show({ title, state, lines });
}
