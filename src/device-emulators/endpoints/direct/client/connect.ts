import type {
  CommandOutcome,
  Passed,
  PlantClient,
  PlantCommand,
  PlantDescription,
  SignalReading,
} from '../../../../kernel/plant-contract.ts';
import type { Micros } from '../../../../kernel/time.ts';

/** A plant in the same process, held in lockstep by its one client. */
export interface DirectPlant {
  readonly description: PlantDescription;
  now(): Micros;
  /** Undefined when there is no such signal. */
  read(device: string, signal: string): SignalReading | undefined;
  execute(command: PlantCommand): CommandOutcome;
  /** Grants time until `until`, an operation's end or a change of an alarm. */
  advance(until: Micros): Promise<Passed>;
}

/**
 * A client without a wire: the same calls and answers as over a protocol, at the speed of function
 * calls.
 *
 * @param name under which commands are recorded
 */
export function connectDirect(plant: DirectPlant, name = 'control'): PlantClient {
  let sequence = 0;
  return {
    describe: async () => plant.description,
    now: async () => plant.now(),
    read: async (paths) =>
      paths.map((path) => {
        const dot = path.indexOf('.');
        const reading = plant.read(path.slice(0, dot), path.slice(dot + 1));
        if (reading === undefined) throw new RangeError(`the plant has no signal ${path}`);
        return reading;
      }),
    invoke: async (device, command, parameters) =>
      plant.execute({
        kind: 'invoke',
        client: name,
        sequence: sequence++,
        device,
        command,
        parameters,
      }),
    write: async (device, signal, value) =>
      plant.execute({ kind: 'write', client: name, sequence: sequence++, device, signal, value }),
    waitUntil: (until) => plant.advance(until),
    close: async () => {},
  };
}
