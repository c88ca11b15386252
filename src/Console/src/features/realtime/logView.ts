import { textOf } from './eventFilter';
import type { LiveEvent } from './liveEvent';
import { RingBuffer } from './ringBuffer';

/** How many events are kept, and how many characters of them. */
export const MostEvents = 5_000;
const MostText = 32 * 1024 * 1024;

/** More often than this nobody can read. */
const RefreshEvery = 250;
/** Over which time the rate is taken. */
const RateSeconds = 3;

/** What is to be shown. */
export interface LogState {
  /** Newest first; while it is paused, those of the moment when that began. */
  readonly events: readonly LiveEvent[];
  readonly isPaused: boolean;
  /** How many came since it was paused. */
  readonly fresh: number;
  /** How many came since the beginning, or since it was cleared. */
  readonly total: number;
  /** How many the app says it lost before they could be sent. */
  readonly dropped: number;
  /** Whether the app lost some of which it does not know how many. */
  readonly isUnsure: boolean;
  /** Events a second at present. */
  readonly rate: number;
}

/** The events of a live log that are kept, and what is shown of them. */
export class LogView {
  readonly #ring = new RingBuffer<LiveEvent>(MostEvents, MostText);
  readonly #listeners = new Set<() => void>();
  readonly #arrivals: { at: number; count: number }[] = [];
  readonly #now: () => number;
  #state: LogState = { events: [], isPaused: false, fresh: 0, total: 0, dropped: 0, isUnsure: false, rate: 0 };
  #total = 0;
  #dropped = 0;
  #isUnsure = false;
  #pausedAt: number | undefined;
  /** How many of all are among what is shown, or older. */
  #seen = 0;
  #hasNews = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** For React. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
    };
  };

  readonly state = (): LogState => this.#state;

  /** Takes what came, oldest first. */
  readonly take = (events: readonly LiveEvent[]): void => {
    for (const event of events) {
      this.#ring.add(event, textOf(event).length);
      if (event.type === 'dropped') {
        this.#dropped += event.count ?? 0;
        this.#isUnsure ||= typeof event.count !== 'number';
      }
    }

    this.#total += events.length;
    this.#arrivals.push({ at: this.#now(), count: events.length });
    this.#hasNews ||= events.length > 0;
    this.#timer ??= setTimeout(this.#refresh, RefreshEvery);
  };

  /** What comes is kept and counted, and what is shown stays. */
  pause(): void {
    if (this.#pausedAt === undefined) {
      this.#pausedAt = this.#seen;
      this.#show();
    }
  }

  /** Shows what came meanwhile. */
  resume(): void {
    this.#pausedAt = undefined;
    this.#hasNews = true;
    this.#show();
  }

  /** Forgets everything so far. */
  clear(): void {
    this.#ring.clear();
    this.#total = this.#seen = this.#dropped = 0;
    this.#isUnsure = false;
    this.#state = { ...this.#state, events: [] };
    this.#pausedAt = this.#pausedAt === undefined ? undefined : 0;
    this.#hasNews = false;
    this.#show();
  }

  // Goes on by itself until the rate has come down to nothing.
  readonly #refresh = (): void => {
    this.#timer = undefined;
    this.#show();
    if (this.#state.rate > 0 && this.#listeners.size > 0) {
      this.#timer = setTimeout(this.#refresh, RefreshEvery);
    }
  };

  #show(): void {
    const isPaused = this.#pausedAt !== undefined;
    this.#seen = isPaused ? this.#seen : this.#total;
    const next: LogState = {
      events: isPaused || !this.#hasNews ? this.#state.events : this.#ring.newestFirst(),
      isPaused,
      fresh: this.#total - (this.#pausedAt ?? this.#total),
      total: this.#total,
      dropped: this.#dropped,
      isUnsure: this.#isUnsure,
      rate: this.#rate(),
    };
    this.#hasNews &&= isPaused;
    if (Object.entries(next).some(([name, value]) => this.#state[name as keyof LogState] !== value)) {
      this.#state = next;
      this.#listeners.forEach((listener) => listener());
    }
  }

  #rate(): number {
    const since = this.#now() - RateSeconds * 1_000;
    while (this.#arrivals[0] !== undefined && this.#arrivals[0].at < since) {
      this.#arrivals.shift();
    }

    const count = this.#arrivals.reduce((sum, arrival) => sum + arrival.count, 0);
    return Math.ceil(count / RateSeconds);
  }
}
