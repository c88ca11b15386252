import { ApiError, sentenceOf } from '../../api/errors';
import { GapCounter } from './gapCounter';
import type { Connect } from './liveConnection';
import type { LiveEvent } from './liveEvent';

/** How it stands: `unavailable` is an answer, and is not tried again. */
type LiveState = 'connecting' | 'live' | 'reconnecting' | 'unavailable';

/** What is known of a feed. */
export interface FeedStatus {
  readonly state: LiveState;
  /** A sentence about what is wrong; empty when nothing is. */
  readonly problem: string;
  /** How many events are known to be lost between the app and this page. */
  readonly missed: number;
}

/** Who watches. */
export interface FeedUser {
  events?: (events: readonly LiveEvent[]) => void;
  /** The status is another one. */
  changed?: () => void;
}

/** Before anything was asked. */
export const Unwatched: FeedStatus = { state: 'connecting', problem: '', missed: 0 };

/** A watch lasts two minutes unless it is asked for again. */
const RenewEvery = 60_000;
const DeliverEvery = 100;
/** What waits for its turn is delivered early when it is as many: a page in the background gets its turns late. */
const MostWaiting = 1_000;
const FirstRetry = 1_000;
const LastRetry = 30_000;
/** Nobody sees what a page shows that has been in the background for so long, yet each message costs. */
const HiddenFor = 30 * 60_000;

/** No use in asking again: the API has said why. */
const Final = new Set([400, 401, 403, 404, 409]);

let lastKey = 0;

/** One connection to what happens, for all who watch the same. Begins at once, and goes on until it is ended. */
export class Feed {
  readonly users = new Set<FeedUser>();
  status = Unwatched;
  /** Whether it was ended, or the API has said no. */
  hasEnded = false;

  readonly #negotiate: () => Promise<string>;
  readonly #connect: Connect;
  readonly #gaps = new GapCounter();
  #waiting: LiveEvent[] = [];
  #delivery: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #close: (() => void) | undefined;
  /** Which connection counts; whatever an older one says is passed over. */
  #turn = 0;
  readonly #renewal: ReturnType<typeof setInterval>;

  /**
   * @param negotiate Asks for an address, which also keeps the watch.
   * @param connect Connects to it.
   */
  constructor(negotiate: () => Promise<string>, connect: Connect) {
    this.#negotiate = negotiate;
    this.#connect = connect;
    this.#renewal = setInterval(() => void this.#renew(), RenewEvery);
    document.addEventListener('visibilitychange', this.#onVisibility);
    // A page may be in the background from its beginning, of which no event tells.
    this.#onVisibility();
    void this.#open();
  }

  /** Ends it for good. */
  end(problem = ''): void {
    if (this.hasEnded) {
      return;
    }

    this.hasEnded = true;
    clearInterval(this.#renewal);
    clearTimeout(this.#hiding);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#drop();
    this.#deliver();
    this.#tell('unavailable', problem);
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    const isMine = () => turn === this.#turn;
    try {
      const url = await this.#negotiate();
      if (!isMine()) {
        return;
      }

      const close = await this.#connect(url, {
        received: (data) => isMine() && this.#receive(data),
        closed: () => isMine() && this.#fail(undefined),
      });
      if (!isMine()) {
        close();
        return;
      }

      this.#close = close;
      this.#tell('live', '');
    } catch (error) {
      if (isMine()) {
        this.#fail(error);
      }
    }
  }

  #fail(error: unknown): void {
    if (error instanceof ApiError && Final.has(error.status)) {
      this.end(sentenceOf(error));
      return;
    }

    this.#drop();
    const asked = error instanceof ApiError ? error.retryAfter * 1_000 : 0;
    const usual = Math.min(LastRetry, FirstRetry * 2 ** this.#failures++);
    // Not all pages at once, after a fault that hit all of them.
    this.#retry = setTimeout(() => void this.#open(), Math.max(asked, usual * (0.5 + Math.random() / 2)));
    this.#tell(this.status.state === 'connecting' ? 'connecting' : 'reconnecting', error === undefined ? '' : problemOf(error));
  }

  #drop(): void {
    this.#turn++;
    clearTimeout(this.#retry);
    this.#close?.();
    this.#close = undefined;
  }

  async #renew(): Promise<void> {
    if (this.#close === undefined) {
      return;
    }

    const turn = this.#turn;
    try {
      await this.#negotiate();
      this.#failures = 0;
      if (turn === this.#turn) {
        this.#tell('live', '');
      }
    } catch (error) {
      if (turn !== this.#turn) {
        return;
      } else if (error instanceof ApiError && Final.has(error.status)) {
        this.end(sentenceOf(error));
      } else {
        this.#tell('live', `The watch could not be renewed, and may end: ${problemOf(error)}`);
      }
    }
  }

  readonly #onVisibility = (): void => {
    clearTimeout(this.#hiding);
    if (document.visibilityState === 'hidden') {
      this.#hiding = setTimeout(() => {
        this.#drop();
        this.#tell('reconnecting', 'This page was in the background for half an hour and stopped watching meanwhile.');
      }, HiddenFor);
    } else if (this.#close === undefined && this.status.state === 'reconnecting') {
      this.#drop();
      void this.#open();
    }
  };

  #receive(data: unknown): void {
    for (const event of this.#gaps.take(data)) {
      this.#waiting.push(Object.assign(event, { key: ++lastKey }) as unknown as LiveEvent);
    }

    if (this.#waiting.length >= MostWaiting) {
      this.#deliver();
    } else {
      this.#delivery ??= setTimeout(() => this.#deliver(), DeliverEvery);
    }
  }

  #deliver(): void {
    clearTimeout(this.#delivery);
    this.#delivery = undefined;
    if (this.#waiting.length === 0 && this.#gaps.missed === this.status.missed) {
      return;
    }

    const events = this.#waiting;
    this.#waiting = [];
    this.users.forEach((user) => user.events?.(events));
    if (this.#gaps.missed !== this.status.missed) {
      this.#tell(this.status.state, this.status.problem);
    }
  }

  #tell(state: LiveState, problem: string): void {
    const { missed } = this.#gaps;
    const { status } = this;
    if (status.state !== state || status.problem !== problem || status.missed !== missed) {
      this.status = { state, problem, missed };
      this.users.forEach((user) => user.changed?.());
    }
  }
}

const problemOf = (error: unknown): string =>
  error instanceof ApiError ? sentenceOf(error) : 'The connection to Web PubSub could not be made. It is tried again.';
