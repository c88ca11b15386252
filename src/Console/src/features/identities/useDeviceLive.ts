import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Identity, Settings } from '../../api/schema';
import { settingsQuery } from '../connectors/connectors';
import { useLiveEvents, type LiveEvent } from '../realtime/liveFeed';
import { withEvent } from '../state/forward';
import { SeenValues } from '../state/seen';
import { deviceQuery } from './device';

/** Long enough that a burst of events is one question. */
const AskAfter = 700;
const LookEvery = 10_000;

/** A device that is kept up to date: by the live log where there is one, else by looking now and then. */
export function useDeviceLive(connector: string, identity: string) {
  const cache = useQueryClient();
  const [seen] = useState(() => new SeenValues());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const options = deviceQuery(connector, identity);
  const [deviceKey, settingsKey] = [options.queryKey, settingsQuery(connector).queryKey];

  const live = useLiveEvents(connector, identity, (events: readonly LiveEvent[]) => {
    const own = events.filter((event) => event.identity === identity);
    if (own.length === 0) {
      return;
    }

    const resources = cache.getQueryData<Settings>(settingsKey)?.resources ?? {};
    seen.noteEvents(own);
    // The live log cuts long values; those are asked for.
    const whole = own.filter((event) => event.cut !== true);
    cache.setQueryData(deviceKey, (device: Identity | undefined) =>
      device === undefined
        ? device
        : { ...device, state: whole.reduce((state, event) => withEvent(state, event, resources), device.state) },
    );
    // The event says what happened and not all of what came of it.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void cache.invalidateQueries({ queryKey: deviceKey });
    }, AskAfter);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const settings = useQuery(settingsQuery(connector));
  const device = useQuery({ ...options, refetchInterval: LookEvery });
  const [state, resources] = [device.data?.state, settings.data?.resources];
  useEffect(() => {
    if (state !== undefined && resources !== undefined) {
      seen.noteState(state, resources);
    }
  }, [seen, state, resources]);

  return { device, live, seen, refresh: useCallback(() => cache.invalidateQueries({ queryKey: deviceKey }), [cache, deviceKey]) };
}
