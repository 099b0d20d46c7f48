import type { PlantDescription } from '../kernel/plant-contract.ts';
import { finish, PhaseFailure, read, start, type Task } from './task.ts';

/**
 * Brings devices back to where they take commands: resets each that has a reset, then sends home
 * each that has a home. What refuses is left as it is; the next attempt will say why.
 */
export function* recoverDevices(plant: PlantDescription, devices: readonly string[]): Task<void> {
  for (const command of ['reset', 'moveHome']) {
    for (const id of devices) {
      const known = plant.devices.find((device) => device.id === id)?.commands ?? [];
      if (!known.some(({ name }) => name === command)) continue;
      try {
        yield* finish(id, yield* start(id, command));
      } catch (error) {
        if (!(error instanceof PhaseFailure)) throw error;
      }
    }
  }
}

/** Stops the equipment that runs until told to stop, so that a failed batch moves no more liquid. */
export function* stopPumps(plant: PlantDescription, devices: readonly string[]): Task<void> {
  for (const id of new Set(devices)) {
    const device = plant.devices.find((d) => d.id === id);
    const runs = device?.signals.some(({ name }) => name === 'running');
    const stops = device?.commands.some(({ name }) => name === 'stop');
    if (runs !== true || stops !== true) continue;
    const [running] = yield* read(`${id}.running`);
    if (running?.value !== true) continue;
    try {
      yield* finish(id, yield* start(id, 'stop'));
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
    }
  }
}
