import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { authorization, leave, signedIn, type SignedIn } from '../features/access/session';
import { callOf, noteCall, type Call } from './calls';
import { ApiError, sentenceOf } from './errors';
import type { paths } from './schema';

/**
 * The management API, typed by the app's own description of it. Whatever is not a success is thrown as an {@link ApiError}, so that callers see data only.
 */
export const api = createFetchClient<paths>({
  baseUrl: globalThis.location.origin,
  // The app under test replaces fetch after this module was read.
  fetch: (request) => globalThis.fetch(request),
});

/** What is known of a request until its reply comes. */
interface Asked {
  /** Who asked: a reply that comes late says nothing about who has signed in since. */
  who: SignedIn | undefined;
  /** What it is to change; absent where it only reads. */
  change?: Call;
}

const asked = new WeakMap<Request, Asked>();

api.use({
  async onRequest({ request }) {
    const who = signedIn();
    const value = await authorization();
    if (value !== undefined) {
      request.headers.set('Authorization', value);
    }

    // Its body can be read before it is sent only.
    asked.set(request, request.method === 'GET' ? { who } : { who, change: await callOf(request.clone()) });
    return request;
  },
  async onResponse({ request, response }) {
    const { who, change } = asked.get(request) ?? {};
    if (!response.ok) {
      const error = await ApiError.of(response);
      if (error.status === 401 && who === signedIn()) {
        leave(`${sentenceOf(error)} Sign in again.`);
      }

      throw error;
    }

    // What was refused has changed nothing.
    if (change !== undefined && who === signedIn()) {
      noteCall(change);
    }
  },
  onError({ error }) {
    return ApiError.ofNetwork(error);
  },
});

/** The same as options of queries. A query's key is the call itself, so each screen can tell what it asks for. */
export const query = createQueryClient(api);
