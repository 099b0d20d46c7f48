import type { ErrorCode } from '../../../kernel/error-catalogue.ts';

/**
 * The one table from the catalogue of refusals to OPC UA status codes (OPC 10000-4, 7.39). Several
 * codes share a status; the catalogue code itself travels in the call's diagnostics and in the
 * device's `LastRefusal`.
 */
export const STATUS_BY_CODE = {
  UNKNOWN_DEVICE: 'BadNodeIdUnknown',
  UNKNOWN_COMMAND: 'BadMethodInvalid',
  UNKNOWN_SIGNAL: 'BadNodeIdUnknown',
  UNKNOWN_ALARM: 'BadNodeIdUnknown',
  UNKNOWN_FAULT: 'BadNodeIdUnknown',
  UNKNOWN_PLACE: 'BadNotFound',
  UNKNOWN_VESSEL: 'BadNotFound',
  NOT_WRITABLE: 'BadNotWritable',
  INVALID_PARAMETER: 'BadInvalidArgument',
  OUT_OF_RANGE: 'BadOutOfRange',
  BUSY: 'BadResourceUnavailable',
  WRONG_STATE: 'BadInvalidState',
  DEVICE_ERROR: 'BadDeviceFailure',
  INTERLOCK: 'BadRequestNotAllowed',
  LID_OPEN: 'BadInvalidState',
  LID_CLOSED: 'BadInvalidState',
  IMBALANCE: 'BadInvalidState',
  NO_VESSEL: 'BadNoData',
  PLACE_OCCUPIED: 'BadResourceUnavailable',
  PLACE_BLOCKED: 'BadResourceUnavailable',
  VESSEL_CAPPED: 'BadInvalidState',
  VESSEL_OPEN: 'BadInvalidState',
  WRONG_VESSEL: 'BadTypeMismatch',
  NOT_CONNECTED: 'BadNotConnected',
  ALREADY_CONNECTED: 'BadEntryExists',
  INSUFFICIENT_VOLUME: 'BadNoData',
  OVERFLOW: 'BadOutOfRange',
  OUT_OF_STOCK: 'BadNoData',
  GRIPPER_EMPTY: 'BadInvalidState',
  GRIPPER_FULL: 'BadInvalidState',
  UNREACHABLE: 'BadOutOfRange',
  COLLISION: 'BadRequestNotAllowed',
  ROUTE_BLOCKED: 'BadResourceUnavailable',
  TOO_HEAVY: 'BadOutOfRange',
  CONNECTOR_WORN: 'BadTooManyOperations',
  NOTHING_TO_ABORT: 'BadNothingToDo',
  ABORTED: 'BadRequestCancelledByRequest',
  MALFUNCTION: 'BadDeviceFailure',
  NOT_PERMITTED: 'BadUserAccessDenied',
} as const satisfies Record<ErrorCode, string>;
