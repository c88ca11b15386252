import { makeStyles, tokens } from '@fluentui/react-components';
import { Suspense, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { deferredDialog } from '../../components/deferred';
import { EmptyState } from '../../components/EmptyState';
import { Waiting } from '../../components/Waiting';
import { eventFilter } from './eventFilter';
import { useLiveEvents, type LiveEvent } from './liveFeed';
import { LogBar } from './LogBar';
import { LogFilters } from './LogFilters';
import { LogStatus } from './LogStatus';
import { LogTable } from './LogTable';
import { LogView } from './logView';
import { NothingYet } from './NothingYet';
import { isFilter, type LiveSearch } from './search';
import { useShownCall } from './useShownCall';

const EventDialog = deferredDialog(async () => (await import('./EventDialog')).EventDialog);

const useStyles = makeStyles({
  log: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, gap: tokens.spacingVerticalS },
});

interface LiveLogProps {
  connector: string;
  /** The one device that is watched; all when absent. */
  identity?: string;
  /** What the page's address says of it. */
  search: LiveSearch;
  /** Changes the parts of it that are given. */
  onSearch: (change: LiveSearch) => void;
}

/** What devices do now, newest first. It stands still while somebody reads; what comes meanwhile is kept and counted. */
export function LiveLog({ connector, identity, search, onSearch }: LiveLogProps) {
  const styles = useStyles();
  const [view] = useState(() => new LogView());
  const status = useLiveEvents(connector, identity, view.take);
  const state = useSyncExternalStore(view.subscribe, view.state);
  const [missedBefore, setMissedBefore] = useState(0);
  const [opened, setOpened] = useState<LiveEvent>();
  const place = useRef<HTMLDivElement>(null);
  useShownCall(connector, identity);

  const filter = useMemo(() => eventFilter(search), [search]);
  const shown = useMemo(() => (isFilter(search) ? state.events.filter(filter) : state.events), [state.events, search, filter]);

  const resume = () => {
    view.resume();
    place.current?.querySelector('[role="grid"]')?.scrollTo({ top: 0 });
  };

  const clear = () => {
    view.clear();
    setMissedBefore(status.missed);
  };

  if (status.state === 'unavailable') {
    return <EmptyState title="The live log is not available">{status.problem}</EmptyState>;
  }

  const isEmpty = state.total === 0 && state.events.length === 0;
  return (
    <div className={styles.log} ref={place}>
      <LogBar state={state} shown={shown} onPause={() => view.pause()} onResume={resume} onClear={clear} />
      <LogFilters search={search} onSearch={onSearch} hasDevice={identity === undefined} />
      <LogStatus status={status} state={state} shown={shown.length} missed={status.missed - missedBefore} />
      {isEmpty ? (
        status.state === 'connecting' ? (
          <Waiting label="Connecting" />
        ) : (
          <NothingYet connector={connector} identity={identity} />
        )
      ) : (
        <LogTable
          events={shown}
          whyNone={
            state.events.length > 0 ? 'No event fits the filter so far.' : 'What comes while the log is paused shows when you resume.'
          }
          hasDevice={identity === undefined}
          isPaused={state.isPaused}
          onRead={() => view.pause()}
          onBack={resume}
          onOpen={setOpened}
        />
      )}
      {opened !== undefined && (
        <Suspense>
          <EventDialog
            connector={connector}
            event={opened}
            onOnly={identity === undefined ? (device) => onSearch({ device }) : undefined}
            onClose={() => setOpened(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}
