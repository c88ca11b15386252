import { Button, makeStyles, ProgressBar, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DeadLetter } from '../../api/schema';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { deferredDialog } from '../../components/deferred';
import { useMessages } from '../../components/Messages';
import { Problem } from '../../components/Problem';
import { ResultsDialog } from '../../components/ResultsDialog';
import { DataTable } from '../../components/table/DataTable';
import { Waiting } from '../../components/Waiting';
import { countText } from '../../format/count';
import { timeText } from '../../format/time';
import { useMay } from '../access/operator';
import { discardAll, readDeadLetters, sendAllAgain, type DeadLetterPage, type WorkEnd } from './deadLetterWork';
import { deadLettersKey, eventsQuery } from './events';

const DeadLetterDialog = deferredDialog(async () => (await import('./DeadLetterDialog')).DeadLetterDialog);

/** Why work stops when its screen goes. */
const Left = 'left';

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
  const [ended, setEnded] = useState<WorkEnd>();
  const stop = useRef<AbortController>(undefined);
  // Who leaves the screen ends the work after the step that goes on.
  useEffect(() => () => stop.current?.abort(Left), []);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching, isFetchNextPageError } = useInfiniteQuery({
    queryKey: deadLettersKey(connector),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => readDeadLetters(connector, pageParam, signal),
    getNextPageParam: ({ cursor }) => cursor,
  });
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: deadLettersKey(connector) }),
      cache.invalidateQueries({ queryKey: eventsQuery(connector).queryKey }),
    ]);
  // Its row goes at once: until the list is read anew, nobody shall take it for one that is left.
  const remove = ({ id }: DeadLetter) =>
    cache.setQueryData<InfiniteData<DeadLetterPage>>(
      deadLettersKey(connector),
      (kept) => kept && { ...kept, pages: kept.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })) },
    );

  const work = async (what: string, run: (signal: AbortSignal) => Promise<WorkEnd>) => {
    const control = new AbortController();
    stop.current = control;
    setBusy(what);
    const end = await run(control.signal);
    setBusy('');
    if (end.isComplete || control.signal.reason === Left) {
      messages.done(end.text);
    } else if (end.results.length > 0) {
      setEnded(end);
    } else {
      messages.failed(`${what} was not done`, new Error(end.text));
    }

    await refresh();
  };

  const sendAll = () => work('Sending again', (signal) => sendAllAgain(connector, setBusy, signal));
  const discard = () => work('Discarding', (signal) => discardAll(connector, rows, setBusy, signal));
  const count = state === undefined ? '' : `${state.deadletters.more ? 'more than ' : ''}${countText(state.deadletters.count)}`;
  if (rows.length === 0 && error === null && state?.destination === undefined && busy === '' && ended === undefined) {
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
      ) : data === undefined ? (
        <Waiting isSmall />
      ) : rows.length === 0 ? (
        <Text>There are none.</Text>
      ) : (
        <>
          <div className={styles.buttons}>
            {mayAct && (
              <>
                <Button onClick={sendAll} disabledFocusable={busy !== '' || state?.destination === undefined}>
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
            <Text role="status">{busy !== '' ? busy : count === '' ? '' : `${count} in all`}</Text>
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
            onDone={() => {
              remove(opened);
              setOpened(undefined);
              return refresh();
            }}
            onRefused={refresh}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Suspense>
      {isAsking && (
        <ConfirmDialog
          title="Discard all dead letters?"
          action="Discard all"
          onConfirm={() => Promise.resolve(void discard())}
          onClose={() => setAsking(false)}
        >
          These events{count === '' ? '' : ` (${count})`} are gone for good: the receiver never gets them.
        </ConfirmDialog>
      )}
      {ended !== undefined && (
        <ResultsDialog title="Dead letters" file="dead-letters.csv" results={ended.results} onClose={() => setEnded(undefined)}>
          {ended.text}
        </ResultsDialog>
      )}
    </section>
  );
}
