import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/errors';

/** The one place where what the server said is kept. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer; only what may be gone the next time is asked for again.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503 || error.status === 429),
      retryDelay: (attempt, error) => (error instanceof ApiError && error.retryAfter > 0 ? error.retryAfter * 1000 : 500 * 2 ** attempt),
    },
    mutations: { retry: false },
  },
});
