import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { curlOf, notedCalls, onCall, type Call } from '../api/calls';
import { configQuery } from '../features/access/config';
import { AppDialog } from './AppDialog';
import { CommandLine } from './CommandLine';

const useStyles = makeStyles({
  calls: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

/** Each API call that this screen is made of, and the last ones that changed something, as `curl`. */
export function CallsDialog({ onClose }: { onClose: () => void }) {
  const reads = readsOf(useQueryClient());
  const noted = useSyncExternalStore(onCall, notedCalls);
  const [trials, writes] = [noted.filter(({ isTrial }) => isTrial), noted.filter(({ isTrial }) => !isTrial)];
  return (
    <AppDialog title="API calls behind this screen" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <Text block>Put your API key into the variable KEY of your shell.</Text>
      <Calls title="What this screen shows" calls={reads} />
      {writes.length > 0 && <Calls title="What you changed last" calls={writes} />}
      {trials.length > 0 && <Calls title="What you tried last, without a change" calls={trials} />}
    </AppDialog>
  );
}

function Calls({ title, calls }: { title: string; calls: readonly Call[] }) {
  const styles = useStyles();
  return (
    <section aria-label={title} className={styles.calls}>
      <h3>{title}</h3>
      {calls.map((call, index) => (
        <CommandLine key={index} command={curlOf(call)} />
      ))}
    </section>
  );
}

interface CallParams {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
}

// The key of a query is its call: method, path with names in braces, and what stands for them.
function readsOf(cache: QueryClient): Call[] {
  const business = cache.getQueryData(configQuery.queryKey)?.business ?? '';
  const calls = cache
    .getQueryCache()
    .findAll({ type: 'active' })
    .map((query) => query.queryKey)
    .filter((key) => key[0] === 'get' && typeof key[1] === 'string')
    .map((key) => ({
      method: 'GET',
      url: addressOf(
        (key[1] as string).replace('{business}', encodeURIComponent(business)),
        (key[2] as { params?: CallParams } | undefined)?.params ?? {},
      ),
      body: '',
    }));
  return calls.filter((call, index) => calls.findIndex((other) => other.url === call.url) === index);
}

/** The address of a call. */
function addressOf(path: string, { path: names = {}, query = {} }: CallParams): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) {
        search.append(name, String(one));
      }
    }
  }

  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''));
  return `${location.origin}${address}${search.size > 0 ? `?${search.toString()}` : ''}`;
}
