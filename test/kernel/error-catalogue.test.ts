import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, InvariantError, refusal } from '../../src/kernel/error-catalogue.ts';

const ENTRIES = Object.entries(ERROR_CATALOGUE);

describe('the error catalogue', () => {
  it.each(ENTRIES)('%s is a code with a plain sentence', (code, sentence) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(sentence).toMatch(/^[a-z].{10,}[^.\s]$/);
  });

  it('says each thing once', () => {
    expect(new Set(ENTRIES.map(([, sentence]) => sentence)).size).toBe(ENTRIES.length);
  });
});

describe('refusal', () => {
  it('says what the catalogue says unless told better', () => {
    expect(refusal('LID_OPEN')).toEqual({ code: 'LID_OPEN', message: ERROR_CATALOGUE.LID_OPEN });
    expect(refusal('BUSY', 'centrifuge: spinning until 10:05').message).toBe(
      'centrifuge: spinning until 10:05',
    );
  });
});

describe('InvariantError', () => {
  it('is an error of its own name', () => {
    const error = new InvariantError('volume is negative');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('InvariantError');
  });
});
