import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '../../api/client';
import { ApiError, sentenceOf } from '../../api/errors';

/** What happened to a device, as the live log tells it. */
export interface LiveEvent {
  type: string;
  identity?: string;
  ip?: string;
  protocol?: string;
  /** Microseconds since the Unix epoch. */
  timestamp: number;
  payload?: unknown;
  reason?: string;
  message?: string;
  code?: number;
}

/** How a live log stands. */
export interface LiveFeed {
  state: 'connecting' | 'live' | 'reconnecting' | 'unavailable';
  problem: string;
}

/** Listens to a connector, or to one device of it, for as long as who asks is on the screen. */
export function useLiveEvents(connector: string, identity: string | undefined, onEvents: (events: readonly LiveEvent[]) => void): LiveFeed {
  const [feed, setFeed] = useState<LiveFeed>({ state: 'connecting', problem: '' });
  const hear = useEffectEvent(onEvents);
  useEffect(() => {
    let socket: WebSocket | undefined;
    let isOver = false;
    const negotiate = async () => {
      const { data } = await api.GET('/api:1/service/{connector}/log/negotiate', {
        params: { path: { connector }, query: identity === undefined ? {} : { identity } },
      });
      return data?.url ?? '';
    };

    const connect = async () => {
      const url = await negotiate();
      if (isOver) {
        return;
      }

      socket = new WebSocket(url);
      socket.onopen = () => setFeed({ state: 'live', problem: '' });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as LiveEvent | LiveEvent[];
        hear(Array.isArray(message) ? message : [message]);
      };
      socket.onclose = () => setFeed({ state: 'unavailable', problem: 'The live log has ended.' });
    };

    connect().catch((error: unknown) => {
      if (!(error instanceof DOMException)) {
        setFeed({ state: 'unavailable', problem: error instanceof ApiError ? sentenceOf(error) : 'There is no live log here.' });
      }
    });
    // Without a watch nothing is sent.
    const watch = setInterval(() => void negotiate().catch(() => undefined), 60_000);
    return () => {
      isOver = true;
      clearInterval(watch);
      socket?.close();
    };
  }, [connector, identity]);
  return feed;
}
