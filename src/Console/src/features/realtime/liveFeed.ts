import { useCallback, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { api } from '../../api/client';
import { onSession, signedIn } from '../access/session';
import { Feed, Unwatched, type FeedStatus, type FeedUser } from './feed';
import { connect } from './liveConnection';
import type { LiveEvent } from './liveEvent';

export type { FeedStatus } from './feed';
export { momentsOf, type LiveEvent } from './liveEvent';

/** Whoever leaves may be back at once: React mounts twice in development, and tabs change. */
const Linger = 1_000;

const feeds = new Map<string, Feed>();
let isHearing = false;

/**
 * Shows what devices do now: all of a connector's, or one. All who watch the same share one connection. Events come in order, at most ten times a second
 * and also while the page is in the background; those that came before are not shown.
 */
export function useLiveEvents(
  connector: string,
  identity: string | undefined,
  onEvents: (events: readonly LiveEvent[]) => void,
): FeedStatus {
  const events = useEffectEvent(onEvents);
  useEffect(() => join(connector, identity, { events: (list) => events(list) }), [connector, identity]);
  return useSyncExternalStore(
    useCallback((changed: () => void) => join(connector, identity, { changed }), [connector, identity]),
    () => feeds.get(nameOf(connector, identity))?.status ?? Unwatched,
  );
}

const nameOf = (connector: string, identity: string | undefined): string => JSON.stringify([connector, identity]);

function join(connector: string, identity: string | undefined, user: FeedUser): () => void {
  hearOfSession();
  const name = nameOf(connector, identity);
  let feed = feeds.get(name);
  if (feed === undefined || (feed.hasEnded && feed.users.size === 0)) {
    feed = new Feed(() => negotiate(connector, identity), connect);
    feeds.set(name, feed);
  }

  const joined = feed;
  joined.users.add(user);
  return () => {
    joined.users.delete(user);
    setTimeout(() => {
      if (joined.users.size === 0 && feeds.get(name) === joined) {
        feeds.delete(name);
        joined.end();
      }
    }, Linger);
  };
}

// The address holds a token, so the cache of what the server said is no place for it.
async function negotiate(connector: string, identity: string | undefined): Promise<string> {
  const { data } = await api.GET('/api:1/service/{connector}/log/negotiate', {
    params: { path: { connector }, query: identity === undefined ? {} : { identity } },
  });
  return data?.url ?? '';
}

function hearOfSession(): void {
  if (!isHearing) {
    isHearing = true;
    onSession(() => {
      if (signedIn() === undefined) {
        feeds.forEach((feed) => feed.end('You are signed out.'));
      }
    });
  }
}
