import { query } from '../../api/client';

/** All keys within the operator's scope. */
export const keysQuery = query.queryOptions('get', '/api:1/key', {});
