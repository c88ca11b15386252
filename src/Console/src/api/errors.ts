interface FieldRefusal {
  message?: string;
  path?: string[];
}

/** A field of a body that was refused. */
interface RefusedField {
  /** Where it stands, such as `provisioning.enabled`. */
  path: string;
  message: string;
}

/** What the API says of a refusal. */
interface Refusal {
  message?: string;
  reason?: string;
  traceId?: string;
  errors?: { name?: string; message?: string; errors?: FieldRefusal[] }[];
}

/** A request that did not succeed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** The HTTP status; 0 when there was no reply. */
    readonly status: number,
    /** The stable word of docs/refusals.md; empty when there is none. */
    readonly reason: string,
    message: string,
    /** Finds the request in the app's log. */
    readonly traceId = '',
    /** Seconds after which it may be tried again; 0 when the app did not say. */
    readonly retryAfter = 0,
    /** Sentences about single fields of the body. */
    readonly details: readonly string[] = [],
    /** The same with the place of each field. */
    readonly fields: readonly RefusedField[] = [],
  ) {
    super(message);
  }

  /** Reads a reply that is not a success. */
  static async of(response: Response): Promise<ApiError> {
    const refusal = await readRefusal(response);
    return new ApiError(
      response.status,
      refusal.reason ?? '',
      refusal.message ?? '',
      refusal.traceId ?? '',
      Number(response.headers.get('Retry-After') ?? 0) || 0,
      (refusal.errors ?? []).flatMap((error) =>
        error.errors ? error.errors.flatMap((one) => one.message ?? []) : [error.name, error.message].filter(Boolean).join(': '),
      ),
      (refusal.errors ?? []).flatMap((error) =>
        (error.errors ?? []).map((one) => ({ path: (one.path ?? []).join('.'), message: one.message ?? '' })),
      ),
    );
  }

  /** Nobody answered. */
  static ofNetwork(cause: unknown): Error {
    if (cause instanceof ApiError || (cause instanceof DOMException && cause.name === 'AbortError')) {
      return cause;
    }

    return new ApiError(0, 'no-reply', 'The app did not answer. Check the connection and try again.');
  }
}

async function readRefusal(response: Response): Promise<Refusal> {
  try {
    const body: unknown = JSON.parse(await response.text());
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

/** Sentences for what the API's own words do not help with. */
const Sentences: Record<string, string> = {
  'unknown-key': 'This API key is not known. It may have been revoked.',
  'expired-key': 'This API key has expired.',
  role: 'Your role does not allow this.',
  'no-role': 'Your account has no role here. Ask an administrator of the app for viewer, operator or admin.',
  'entra-unavailable': 'The app cannot reach Entra ID at this moment. Try again.',
  scope: 'You have no access to this connector.',
  'https-required': 'The app hears operators over https only.',
  'no-live-channel': 'There is no live log here: the app has no Web PubSub service.',
  contention: 'Others are changing the same at this moment. Try again.',
};

/** What was said about one field of a body, or about what is in it; undefined when nothing was. */
export const fieldErrorOf = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.fields.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.message : undefined;

/** The one place where an error becomes a sentence for people. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return error instanceof Error ? error.message : 'Something went wrong.';
  }

  const known = Sentences[error.reason];
  const sentence = known ?? (error.message || `The app answered ${error.status}.`);
  return [withTime(sentence, error.retryAfter), ...error.details.filter((detail) => !sentence.includes(detail))].join(' ');
}

/** Says when to try again, in seconds; most sentences end with that it may be tried. */
function withTime(sentence: string, seconds: number): string {
  if (seconds <= 0) {
    return sentence;
  }

  const end = /(try again)( later)?\.$/i;
  return end.test(sentence) ? sentence.replace(end, `$1 in ${seconds} s.`) : `${sentence} Try again in ${seconds} s.`;
}
