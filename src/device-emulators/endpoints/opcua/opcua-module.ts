import type * as NodeOpcua from 'node-opcua';

/** The node-opcua module, loaded only when an endpoint or a client starts. */
export type Opcua = typeof NodeOpcua;

/** Loads node-opcua and silences its own log output. */
export async function loadOpcua(): Promise<Opcua> {
  const opcua = await import('node-opcua');
  const silent = (): void => {};
  opcua.setDebugLogger(silent);
  opcua.setWarningLogger(silent);
  opcua.setErrorLogger(silent);
  return opcua;
}

/** Files of the information models that the plant is built on, in the order in which they load. */
export function nodesetFiles({ nodesets }: Opcua): string[] {
  return [
    nodesets.standard,
    nodesets.di,
    nodesets.amb,
    nodesets.ia,
    nodesets.machinery,
    nodesets.isa95JobControl,
    nodesets.machineryJobs,
    nodesets.machineryResult,
    nodesets.lads,
  ];
}
