import { Button, makeStyles, ProgressBar, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { DeadLetter } from '../../api/schema';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { deferredDialog } from '../../components/deferred';
import { useMessages } from '../../components/Messages';
import { Problem } from '../../components/Problem';
import { DataTable } from '../../components/table/DataTable';
import { timeText } from '../../format/time';
import { useMay } from '../access/operator';
import { DeadLetterLimit, deadLettersKey, eventsQuery } from './events';

const DeadLetterDialog = deferredDialog(async () => (await import('./DeadLetterDialog')).DeadLetterDialog);

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, marginTop: tokens.spacingVerticalXL },
  title: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  table: { display: 'flex', flexDirection: 'column', height: '360px' },
});

const Columns: ColumnDef<DeadLetter>[] = [
  { id: 'time', header: 'Time', meta: { minWidth: 190 }, cell: ({ row: { original } }) => timeText(original.time) },
  { id: 'type', accessorKey: 'type', header: 'Type', meta: { minWidth: 110 } },
  { id: 'identity', accessorKey: 'identity', header: 'Device', meta: { minWidth: 140 } },
  {
    id: 'why',
    accessorKey: 'why',
    header: 'Why it was given up',
    meta: { minWidth: 240, grow: 3 },
    cell: ({ row: { original } }) => <span title={original.why}>{original.why}</span>,
  },
];

/** Events that could not be delivered. */
export function DeadLetters({ connector }: { connector: string }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const messages = useMessages();
  const mayAct = useMay('operator');
  const { data: state } = useQuery(eventsQuery(connector));
  const [opened, setOpened] = useState<DeadLetter>();
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState('');
  const stop = useRef<AbortController>(undefined);
  // Who leaves the screen ends the work after the step that goes on.
  useEffect(() => () => stop.current?.abort(), []);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching, isFetchNextPageError } = useInfiniteQuery({
    queryKey: deadLettersKey(connector),
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: DeadLetterLimit, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      const reply = await api.GET('/api:1/service/{connector}/device2/events/deadletters', {
        params: { path: { connector }, query },
        signal,
      });
      return reply.data ?? { items: [] };
    },
    getNextPageParam: ({ cursor }: { cursor?: string }) => cursor,
  });
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: deadLettersKey(connector) }),
      cache.invalidateQueries({ queryKey: eventsQuery(connector).queryKey }),
    ]);

  const work = async (what: string, run: (say: (how: string) => void, signal: AbortSignal) => Promise<string>) => {
    const control = new AbortController();
    stop.current = control;
    setBusy(what);
    try {
      messages.done(await run(setBusy, control.signal));
    } catch (fault) {
      messages.failed(`${what} was not done`, fault);
    } finally {
      setBusy('');
      await refresh();
    }
  };

  const retryAll = () =>
    work('Sending again', async (say, signal) => {
      let [delivered, failed, cursor, why] = [0, 0, '', ''];
      for (;;) {
        const reply = await api.POST('/api:1/service/{connector}/device2/events/deadletters/retry', {
          params: { path: { connector }, query: cursor === '' ? {} : { cursor } },
        });
        const step = reply.data;
        delivered += step?.delivered ?? 0;
        failed += step?.failed ?? 0;
        why = step?.why ?? why;
        const next = step?.cursor ?? '';
        // The same place again, and nothing arrived: the destination does not answer.
        const isStuck = next === cursor && (step?.delivered ?? 0) === 0;
        if (step?.more !== true || isStuck || signal.aborted) {
          return `${delivered} arrived, ${failed} did not.${why === '' ? '' : ` ${why}`}`;
        }

        cursor = next;
        say(`Sending again: ${delivered} arrived, ${failed} did not`);
      }
    });

  const discardAll = () =>
    work('Discarding', async (say, signal) => {
      let discarded = 0;
      for (;;) {
        const reply = await api.DELETE('/api:1/service/{connector}/device2/events/deadletters', { params: { path: { connector } } });
        discarded += reply.data?.discarded ?? 0;
        if (reply.data?.more !== true || signal.aborted) {
          return `${discarded} were discarded`;
        }

        say(`Discarding: ${discarded} are gone`);
      }
    });

  const count =
    state === undefined ? '' : state.deadletters.more ? `more than ${state.deadletters.count}` : String(state.deadletters.count);
  if (rows.length === 0 && error === null && state?.destination === undefined && busy === '') {
    return null;
  }

  return (
    <section className={styles.section} aria-label="Dead letters">
      <Subtitle1 as="h2" className={styles.title}>
        Dead letters
      </Subtitle1>
      <Text>Events that the receiver refused, or that could not be brought to it in time. They are kept until somebody acts.</Text>
      {error !== null && data === undefined ? (
        <Problem error={error} reset={() => void refetch()} />
      ) : rows.length === 0 ? (
        <Text>There are none.</Text>
      ) : (
        <>
          <div className={styles.buttons}>
            {mayAct && (
              <>
                <Button onClick={retryAll} disabledFocusable={busy !== '' || state?.destination === undefined}>
                  Send all again
                </Button>
                <Button onClick={() => setAsking(true)} disabledFocusable={busy !== ''}>
                  Discard all…
                </Button>
              </>
            )}
            <Button appearance="subtle" onClick={refresh} disabledFocusable={busy !== ''}>
              Refresh
            </Button>
            {busy !== '' && <Button onClick={() => stop.current?.abort()}>Stop</Button>}
            <Text role="status">{busy !== '' ? busy : `${count} in all`}</Text>
          </div>
          {busy !== '' && <ProgressBar aria-label={busy} />}
          <div className={styles.table}>
            <DataTable
              label="Dead letters"
              columns={Columns}
              rows={rows}
              rowId={({ id }) => id}
              onOpen={setOpened}
              // What failed is asked for again by a person, and not at once by the page.
              onEnd={hasNextPage && !isFetching && error === null ? more : undefined}
            />
          </div>
        </>
      )}
      {error !== null && data !== undefined && <Problem error={error} reset={isFetchNextPageError ? more : () => void refetch()} />}
      <Suspense>
        {opened !== undefined && (
          <DeadLetterDialog
            connector={connector}
            letter={opened}
            mayAct={mayAct}
            mayRetry={state?.destination !== undefined}
            onDone={refresh}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Suspense>
      {isAsking && (
        <ConfirmDialog
          title="Discard all dead letters?"
          action="Discard all"
          onConfirm={() => Promise.resolve(void discardAll())}
          onClose={() => setAsking(false)}
        >
          These events ({count}) are gone for good: the receiver never gets them.
        </ConfirmDialog>
      )}
    </section>
  );
}
