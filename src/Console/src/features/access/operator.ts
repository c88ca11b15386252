import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { readConfig } from './config';

export type Role = 'viewer' | 'operator' | 'admin';

/** Who is signed in, as the API sees them. */
interface Operator {
  name: string;
  role: Role;
}

const Ranks: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** All roles, the least first. */
export const Roles: readonly Role[] = ['viewer', 'operator', 'admin'];

export const operatorQuery = queryOptions({
  queryKey: ['operator'],
  staleTime: 60_000,
  queryFn: async (): Promise<Operator> => {
    const { business } = await readConfig();
    const overview = await api.GET('/api:1/business/{business}/overview', { params: { path: { business } } });
    const name = overview.data?.email ?? '';
    const membership = await api.GET('/api:1/user/{email}/membership', { params: { path: { email: name } } });
    return { name, role: membership.data?.[0]?.role ?? 'viewer' };
  },
});

/** Whether a role is high enough. */
export const mayAs = (role: Role, needed: Role): boolean => Ranks[role] >= Ranks[needed];

/** Whether who is signed in may do what needs a role. The API refuses it anyway. */
export const useMay = (needed: Role): boolean => mayAs(useSuspenseQuery(operatorQuery).data.role, needed);
