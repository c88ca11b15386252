/** What happened to a device, as docs/live.md describes it, and a number of this page's own. */
export interface LiveEvent {
  /** Rises with each event that this page is shown; tells events apart that say the same. */
  readonly key: number;
  /** What happened: `connect`, `data_in`, `refused` and so on. */
  readonly type: string;
  /** When, in microseconds since the Unix epoch. */
  readonly timestamp: number;
  /** The device; absent where it is not known. */
  readonly identity?: string;
  readonly ip?: string;
  readonly protocol?: string;
  readonly connection_id?: string;
  readonly tags?: readonly { name: string; value: string }[];
  /** By type: values for data, id, length and type for content. */
  readonly payload?: unknown;
  /** Whether this is not all of it. */
  readonly cut?: boolean;
  /** Of a refusal: the stable word of docs/refusals.md, its sentence, and what was asked. */
  readonly reason?: string;
  readonly message?: string;
  readonly code?: number;
  readonly method?: string;
  readonly path?: string;
  /** Of `dropped`: how many events an instance lost before it could send them. */
  readonly count?: number;
}

/** An entry of the payload of `data_in` and `data_out`. */
interface LiveMoment {
  readonly timestamp: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The values that an event brought or set, moment by moment; empty for events of other types. */
export const momentsOf = (event: Pick<LiveEvent, 'type' | 'payload'>): readonly LiveMoment[] =>
  (event.type === 'data_in' || event.type === 'data_out') && Array.isArray(event.payload) ? event.payload.filter(isMoment) : [];

function isMoment(value: unknown): value is LiveMoment {
  const moment = value as Partial<LiveMoment> | null;
  return (
    typeof moment === 'object' &&
    moment !== null &&
    typeof moment.timestamp === 'number' &&
    typeof moment.values === 'object' &&
    (moment.values as unknown) !== null
  );
}
