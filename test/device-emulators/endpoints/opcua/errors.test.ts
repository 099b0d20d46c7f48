import { StatusCodes } from 'node-opcua';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../../../src/kernel/error-catalogue.ts';
import { STATUS_BY_CODE } from '../../../../src/device-emulators/endpoints/opcua/errors.ts';

describe('status codes of refusals', () => {
  it('exist for exactly the catalogued codes', () => {
    expect(Object.keys(STATUS_BY_CODE).sort()).toEqual(Object.keys(ERROR_CATALOGUE).sort());
  });

  it.each(Object.entries(STATUS_BY_CODE))('%s is the bad OPC UA status %s', (_code, name) => {
    const status = StatusCodes[name];
    expect(status.name).toBe(name);
    expect(status.isBad()).toBe(true);
  });
});
