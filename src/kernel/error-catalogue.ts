/**
 * The one catalogue of expected refusals and operation failures. Every endpoint maps these codes to
 * its own wire codes in one table; nothing else may refuse a command.
 */
export const ERROR_CATALOGUE = {
  UNKNOWN_DEVICE: 'no device of that name exists in the scene',
  UNKNOWN_COMMAND: 'the device has no command of that name',
  UNKNOWN_SIGNAL: 'the device has no signal of that name',
  UNKNOWN_ALARM: 'the device has no alarm of that name',
  UNKNOWN_FAULT: 'the device has no fault of that name',
  UNKNOWN_PLACE: 'no place of that name exists in the scene',
  UNKNOWN_VESSEL: 'no vessel of that name exists in the plant',
  NOT_WRITABLE: 'the signal is measured by the device and cannot be written',
  INVALID_PARAMETER: 'a parameter is missing, has the wrong type or is unknown',
  OUT_OF_RANGE: 'a parameter lies outside its declared range',
  BUSY: 'the device is executing another operation',
  WRONG_STATE: 'the command is not possible in the present state of the device',
  DEVICE_ERROR: 'the device is in its error state and must be reset first',
  INTERLOCK: 'an interlock forbids the command',
  LID_OPEN: 'the lid or door is open',
  LID_CLOSED: 'the lid or door is closed',
  IMBALANCE: 'the rotor is not balanced',
  NO_VESSEL: 'there is no vessel in the place',
  PLACE_OCCUPIED: 'the place already holds a vessel',
  PLACE_BLOCKED: 'the place cannot be reached while it is closed off',
  VESSEL_CAPPED: 'the vessel is capped',
  VESSEL_OPEN: 'the vessel is open',
  WRONG_VESSEL: 'the vessel is not of a kind the device accepts',
  NOT_CONNECTED: 'the tubing is not connected',
  ALREADY_CONNECTED: 'the tubing is already connected',
  INSUFFICIENT_VOLUME: 'there is not enough liquid',
  OVERFLOW: 'the receiving vessel has not enough free volume',
  OUT_OF_STOCK: 'nothing of that kind is left',
  GRIPPER_EMPTY: 'the gripper holds nothing',
  GRIPPER_FULL: 'the gripper already holds a vessel',
  UNREACHABLE: 'the robot cannot reach the pose',
  COLLISION: 'the motion would collide',
  ROUTE_BLOCKED: 'no free way leads there',
  TOO_HEAVY: 'the load is heavier than the device can carry',
  CONNECTOR_WORN: 'the connector has reached its maximum number of uses',
  NOTHING_TO_ABORT: 'no operation is running',
  ABORTED: 'the operation was aborted',
  MALFUNCTION: 'the operation failed because the device malfunctioned',
  NOT_PERMITTED: 'the client has no right to do this',
} as const;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** A refusal or a failure: a catalogued code and a sentence that names place, cause and remedy. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Builds a refusal; the message defaults to the catalogue's sentence. */
export function refusal(code: ErrorCode, message: string = ERROR_CATALOGUE[code]): Refusal {
  return { code, message };
}

/** A broken invariant of the twin: never expected, ends the session with a dump. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}
