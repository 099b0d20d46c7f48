/** First 32 bits of the IEEE 754 quiet NaN. */
const NAN_HIGH_WORD = 0x7ff80000;

/**
 * 64-bit hash of plain state (numbers, strings, booleans, null, arrays, records, typed arrays),
 * independent of the order of record keys. Two states that differ in one bit of one number differ in
 * their hash but for chance. Two 32-bit FNV-1a lanes with a murmur3 finaliser; not cryptographic.
 */
export class StateHasher {
  private a = 0x811c9dc5;
  private b = 0x9747b28c;
  private readonly scratch = new DataView(new ArrayBuffer(8));

  /** Mixes any plain value. Throws TypeError on functions, symbols and class instances. */
  add(value: unknown): this {
    switch (typeof value) {
      case 'number':
        this.byte(1);
        this.float(value);
        return this;
      case 'string':
        this.byte(2);
        this.word(value.length);
        for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
        return this;
      case 'boolean':
        this.byte(value ? 4 : 3);
        return this;
      case 'undefined':
        this.byte(5);
        return this;
      case 'object':
        this.addObject(value);
        return this;
      default:
        throw new TypeError(`a ${typeof value} is not plain state`);
    }
  }

  /** The hash so far, 16 hexadecimal digits. */
  digest(): string {
    const hex = (x: number): string => (finalise(x) >>> 0).toString(16).padStart(8, '0');
    return hex(this.a ^ Math.imul(this.b, 3)) + hex(this.b);
  }

  private addObject(value: object | null): void {
    if (value === null) {
      this.byte(6);
    } else if (Array.isArray(value) || isTypedArray(value)) {
      const items = value as ArrayLike<unknown>;
      this.byte(7);
      this.word(items.length);
      for (let i = 0; i < items.length; i++) this.add(items[i]);
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      this.byte(8);
      const record = value as Record<string, unknown>;
      for (const key of Object.keys(record).sort()) {
        if (record[key] === undefined) continue;
        this.add(key).add(record[key]);
      }
      this.byte(9);
    } else {
      throw new TypeError('only plain records and arrays can be hashed');
    }
  }

  /** Zeros of both signs are one value, and so are all bit patterns of NaN. */
  private float(value: number): void {
    if (Number.isNaN(value)) {
      this.word(NAN_HIGH_WORD);
      this.word(0);
      return;
    }
    this.scratch.setFloat64(0, value === 0 ? 0 : value);
    this.word(this.scratch.getUint32(0));
    this.word(this.scratch.getUint32(4));
  }

  private byte(value: number): void {
    this.word(value);
  }

  private word(value: number): void {
    this.a = Math.imul(this.a ^ value, 0x01000193);
    this.a ^= this.a >>> 15;
    this.b = Math.imul((this.b << 13) | (this.b >>> 19), 0x85ebca6b) ^ Math.imul(value, 0xcc9e2d51);
  }
}

function isTypedArray(value: object): boolean {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function finalise(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Hash of one plain value. */
export function hashState(value: unknown): string {
  return new StateHasher().add(value).digest();
}
