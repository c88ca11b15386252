/** The newest points of a value, as many as there is room for. Times only rise. */
export class Series {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #start = 0;
  #count = 0;

  constructor(readonly capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  /** How many points there are. */
  get count(): number {
    return this.#count;
  }

  /** Time of the newest point; 0 when there is none. */
  get last(): number {
    return this.#count === 0 ? 0 : (this.#times[this.#place(this.#count - 1)] ?? 0);
  }

  /** Adds a point; one that is not newer than the last is passed over. The oldest makes room. */
  push(time: number, value: number): boolean {
    if (time <= this.last) {
      return false;
    }

    if (this.#count === this.capacity) {
      this.#start = (this.#start + 1) % this.capacity;
      this.#count--;
    }

    const place = this.#place(this.#count++);
    this.#times[place] = time;
    this.#values[place] = value;
    return true;
  }

  /** Times and values, the oldest first. */
  read(): { times: number[]; values: number[] } {
    const places = Array.from({ length: this.#count }, (_, index) => this.#place(index));
    return { times: places.map((place) => this.#times[place] ?? 0), values: places.map((place) => this.#values[place] ?? 0) };
  }

  #place(index: number): number {
    return (this.#start + index) % this.capacity;
  }
}
