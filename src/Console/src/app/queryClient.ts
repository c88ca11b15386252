import { QueryClient } from '@tanstack/react-query';
import { mayPass, pauseAfter } from '../api/retry';

/** The one place where what the server said is kept. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      retryDelay: pauseAfter,
    },
    mutations: { retry: false },
  },
});
