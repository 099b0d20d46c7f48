/** Names that server and client agree on; all of them are visible in the address space. */
export const NAMESPACES = {
  di: 'http://opcfoundation.org/UA/DI/',
  lads: 'http://opcfoundation.org/UA/LADS/',
  machinery: 'http://opcfoundation.org/UA/Machinery/',
  plant: 'urn:doppel:plant',
  simulation: 'urn:doppel:simulation',
} as const;

/** Namespace of engineering units that have a UNECE common code (OPC 10000-8, 5.6.4.3). */
export const UNECE_UNITS = 'http://www.opcfoundation.org/UA/units/un/cefact';
/** Namespace of the other engineering units; their description is the UCUM code. */
export const UCUM_UNITS = 'http://unitsofmeasure.org';

/** Browse names of the variables that every device has, by signal name. */
export const STANDING_NAMES = {
  state: 'State',
  operationId: 'OperationId',
  operationCommand: 'OperationCommand',
  operationState: 'OperationState',
  operationError: 'OperationError',
  operationMessage: 'OperationMessage',
  operationResult: 'OperationResult',
} as const;

/** Text variable of a device: catalogue code and sentence of the last refused command or write. */
export const LAST_REFUSAL = 'LastRefusal';

/** `CODE: sentence`, as it stands in diagnostics and in `LastRefusal`. */
export function formatRefusal(refusal: {
  readonly code: string;
  readonly message: string;
}): string {
  return `${refusal.code}: ${refusal.message}`;
}
