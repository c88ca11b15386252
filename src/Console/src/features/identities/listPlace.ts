import { useMatch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { IdentitySearch } from './search';

// For this tab only: where in the list somebody was is no part of a link to a device.
const places = new Map<string, IdentitySearch>();

/** Where in the list of a connector's devices this tab was last: filter, order, columns. */
export const lastListPlace = (connector: string): IdentitySearch => places.get(connector) ?? {};

/** Remembers where in the list one is, so that a device leads back there. */
export function useListPlace(connector: string): void {
  const search = useMatch({ from: '/inside/connectors/$connector/devices', shouldThrow: false, select: (match) => match.search });
  useEffect(() => {
    if (search !== undefined) {
      places.set(connector, search);
    }
  }, [connector, search]);
}
