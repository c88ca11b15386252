import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { authorization, leave, signedIn, type SignedIn } from '../features/access/session';
import { callOf, noteCall } from './calls';
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

// Who asked: a reply that comes late says nothing about who has signed in since.
const askers = new WeakMap<Request, SignedIn | undefined>();

api.use({
  async onRequest({ request }) {
    askers.set(request, signedIn());
    const value = await authorization();
    if (value !== undefined) {
      request.headers.set('Authorization', value);
    }

    if (request.method !== 'GET') {
      noteCall(await callOf(request.clone()));
    }

    return request;
  },
  async onResponse({ request, response }) {
    if (!response.ok) {
      const error = await ApiError.of(response);
      if (error.status === 401 && askers.get(request) === signedIn()) {
        leave(`${sentenceOf(error)} Sign in again.`);
      }

      throw error;
    }
  },
  onError({ error }) {
    return ApiError.ofNetwork(error);
  },
});

/** The same as options of queries. A query's key is the call itself, so each screen can tell what it asks for. */
export const query = createQueryClient(api);
