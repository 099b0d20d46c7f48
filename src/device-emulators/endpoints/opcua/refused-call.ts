import type { StatusCode } from 'node-opcua';
import type { Refusal } from '../../../kernel/error-catalogue.ts';
import { STATUS_BY_CODE } from './errors.ts';
import { formatRefusal } from './names.ts';
import type { Opcua } from './opcua-module.ts';

/** Answer of a method that was refused: the nearest status, and code and sentence where clients look for them. */
export function refusedCall(
  opcua: Opcua,
  refusal: Refusal,
): {
  readonly statusCode: StatusCode;
  readonly statusText: string;
  readonly diagnosticInfo: { readonly additionalInfo: string };
} {
  const words = formatRefusal(refusal);
  return {
    statusCode: opcua.StatusCodes[STATUS_BY_CODE[refusal.code]],
    statusText: words,
    diagnosticInfo: { additionalInfo: words },
  };
}
