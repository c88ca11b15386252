/** Keeps the newest of what it is given: no more than so many, and no more than so much in all. */
export class RingBuffer<T> {
  #items: (T | undefined)[];
  #sizes: Float64Array;
  #first = 0;
  #count = 0;
  #size = 0;

  /**
   * @param most How many are kept.
   * @param mostSize How large they may be together; the newest one is kept whatever its size.
   */
  constructor(
    readonly most: number,
    readonly mostSize = Infinity,
  ) {
    this.#items = new Array<T | undefined>(most);
    this.#sizes = new Float64Array(most);
  }

  get count(): number {
    return this.#count;
  }

  /** Puts one in; the oldest give way. */
  add(item: T, size = 0): void {
    if (this.#count === this.most) {
      this.#dropOldest();
    }

    const index = (this.#first + this.#count) % this.most;
    this.#items[index] = item;
    this.#sizes[index] = size;
    this.#count++;
    this.#size += size;
    while (this.#size > this.mostSize && this.#count > 1) {
      this.#dropOldest();
    }
  }

  clear(): void {
    this.#items = new Array<T | undefined>(this.most);
    this.#first = this.#count = this.#size = 0;
  }

  /** All that is kept, newest first. */
  newestFirst(): T[] {
    const list = new Array<T>(this.#count);
    for (let i = 0; i < this.#count; i++) {
      list[i] = this.#items[(this.#first + this.#count - 1 - i) % this.most] as T;
    }

    return list;
  }

  #dropOldest(): void {
    this.#size -= this.#sizes[this.#first] ?? 0;
    this.#items[this.#first] = undefined;
    this.#first = (this.#first + 1) % this.most;
    this.#count--;
  }
}
