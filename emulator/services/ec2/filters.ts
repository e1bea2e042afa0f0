import type { Filter } from '@aws-sdk/client-ec2';
import { paginate } from '../../paginate';
import { invalid, find } from './kinds';
import { all, type Ec2Call, type Kind, type Nouns } from './state';

/** Filter name → the values of one item that the filter looks at. */
export type Filters<T> = Record<string, (item: T, call: Ec2Call) => (string | undefined)[]>;

/** What every Describe operation of ec2 asks with. */
export interface Query {
  ids?: string[] | undefined;
  filters?: Filter[] | undefined;
  token?: string | undefined;
  max?: number | undefined;
}

const escape = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** A filter value as EC2 reads it: `*` any text, `?` one character. */
const pattern = (value: string) =>
  new RegExp(`^${escape(value).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');

function valuesOf<T extends { id: string }>(name: string, table: Filters<T>) {
  const own = Object.hasOwn(table, name) ? table[name] : undefined;
  if (own) return own;
  const tags = (item: T, call: Ec2Call) => call.state.tags.get(item.id) ?? {};
  if (name === 'tag-key') return (item: T, call: Ec2Call) => Object.keys(tags(item, call));
  if (name.startsWith('tag:')) return (item: T, call: Ec2Call) => [tags(item, call)[name.slice(4)]];
  throw invalid(`The filter '${name}' is invalid`);
}

/** The items that pass every filter; a filter passes when any of its values does. */
export function filtered<T extends { id: string }>(
  call: Ec2Call,
  items: T[],
  { filters = [], table }: { filters?: Filter[] | undefined; table: Filters<T> },
): T[] {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const values = valuesOf(Name, table);
    const patterns = Values.map(pattern);
    return (item: T) =>
      values(item, call).some(
        (value) => value !== undefined && patterns.some((wanted) => wanted.test(value)),
      );
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

/** One page of things, chosen by ids (each must exist) and filters. */
export function select<K extends Kind>(
  call: Ec2Call,
  kind: K,
  { table, ...query }: Query & { table: Filters<Nouns[K]> },
) {
  const items: Nouns[K][] = query.ids?.length
    ? query.ids.map((id) => find(call, kind, id))
    : [...all(call, kind).values()];
  return paginate(
    filtered(call, items, { filters: query.filters, table }),
    query.token,
    query.max ?? 1000,
  );
}
