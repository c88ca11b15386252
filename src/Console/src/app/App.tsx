import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Messages } from '../components/Messages';
import { queryClient } from './queryClient';
import { router } from './routes';
import { useTheme } from './theme';

// The server gives each reply a nonce of its own: styles that are written by this page carry it, and no others count.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

/** What everything stands in. */
export function App() {
  const { theme, isDark } = useTheme();
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={theme} style={{ minHeight: '100%', colorScheme: isDark ? 'dark' : 'light' }}>
        <QueryClientProvider client={queryClient}>
          <Messages>
            <RouterProvider router={router} />
          </Messages>
        </QueryClientProvider>
      </FluentProvider>
    </RendererProvider>
  );
}
