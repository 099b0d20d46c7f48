/** Set of small numbers that costs nothing to fill and empty again and again. */
export class IndexSet {
  size = 0;
  private list = new Uint32Array(0);
  private marks = new Uint8Array(0);

  /** Makes room for numbers below `length`, and forgets all. */
  reset(length: number): void {
    this.size = 0;
    this.list = new Uint32Array(length);
    this.marks = new Uint8Array(length);
  }

  /** Makes room for numbers below `length`. */
  grow(length: number): void {
    if (length <= this.marks.length) return;
    const { list, marks } = this;
    this.list = new Uint32Array(length);
    this.marks = new Uint8Array(length);
    this.list.set(list);
    this.marks.set(marks);
  }

  /** The `k`-th of the numbers. */
  at(k: number): number {
    return this.list[k] as number;
  }

  add(i: number): void {
    if (this.marks[i] !== 0) return;
    this.marks[i] = 1;
    this.list[this.size++] = i;
  }

  clear(): void {
    for (let k = 0; k < this.size; k++) this.marks[this.at(k)] = 0;
    this.size = 0;
  }

  /** Keeps the numbers of which `keep` is true. */
  filter(keep: (i: number) => boolean): void {
    let kept = 0;
    for (let k = 0; k < this.size; k++) {
      const i = this.at(k);
      if (keep(i)) this.list[kept++] = i;
      else this.marks[i] = 0;
    }
    this.size = kept;
  }
}
