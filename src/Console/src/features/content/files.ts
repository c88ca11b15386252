import { query } from '../../api/client';
import type { ListedContentItem } from '../../api/schema';
import { readPairs } from '../tags/tagPairs';

/** What is known of a file. */
export type FileItem = ListedContentItem;

/** The first size that is too large for a file. */
export const TooManyBytes = 64 * 1024 * 1024;

const PageSize = 200;
const DeviceFolder = 'device2/';

/** What the ids of a device's files begin with. There a slash in an identity is written `*2F` and a star `*2A`. */
export const folderOf = (identity: string): string => `${DeviceFolder}${identity.replaceAll('*', '*2A').replaceAll('/', '*2F')}/`;

/** The device that uploaded a file; undefined for a file of the connector's own. */
export function ownerOf(id: string): string | undefined {
  const [folder, identity, ...name] = id.split('/');
  return `${folder}/` === DeviceFolder && identity !== undefined && identity !== '' && name.length > 0
    ? identity.replaceAll('*2F', '/').replaceAll('*2A', '*')
    : undefined;
}

/** Tags as the API takes them, of lines or pairs `name=value` that are separated by commas; a name that stands twice has both values. Undefined for what is no such thing. */
export function tagsOf(text: string): Record<string, string | string[]> | undefined {
  const { pairs, bad } = readPairs(text, /[,\n]/);
  if (bad.length > 0) {
    return undefined;
  }

  const tags = new Map<string, string[]>();
  for (const { name, value } of pairs) {
    tags.set(name, [...(tags.get(name) ?? []), value]);
  }

  return Object.fromEntries([...tags].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

/** Tags on one line. */
export const tagsText = (tags: FileItem['tags']): string =>
  Object.entries(tags ?? {})
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}=${value}`))
    .join(', ');

/** When a file was uploaded, in microseconds since the Unix epoch. */
export const uploadedAt = (file: FileItem): number => Date.parse(file.last_modified) * 1000;

/** Why a file cannot be uploaded under an id; empty when it can. */
export function whyNot(id: string, size: number): string {
  return id === ''
    ? 'It needs an id.'
    : id.length > 700
      ? 'The id is too long.'
      : id.startsWith(DeviceFolder)
        ? 'Ids that begin with device2/ are for files that devices upload.'
        : size >= TooManyBytes
          ? 'A file must be smaller than 64 MB.'
          : '';
}

/** A list of files, page by page. */
export function useFiles(connector: string, prefix: string | undefined, tags: Record<string, string | string[]> | undefined) {
  const list = query.useInfiniteQuery(
    'get',
    '/api:1/service/{connector}/content/item',
    {
      params: {
        path: { connector },
        query: {
          full: 'true',
          limit: PageSize,
          ...(prefix === undefined ? {} : { prefix }),
          ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
        },
      },
    },
    {
      pageParamName: 'cursor',
      // An empty one counts as none.
      initialPageParam: '',
      getNextPageParam: (page) => ('cursor' in page ? (page.cursor ?? undefined) : undefined),
    },
  );
  const files = (list.data?.pages ?? []).flatMap((page) => ('items' in page ? page.items : [])).filter((item) => typeof item !== 'string');
  return { list, files };
}
