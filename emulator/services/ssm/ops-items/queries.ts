import type { OpsItemFilter, OpsItemSummary } from '@aws-sdk/client-ssm';
import { parseObject } from '../../../json';
import { paginate } from '../../../paginate';
import type { SsmHandlers } from '../state';
import { invalid } from './input';
import { opsItemsOf, resourcesOf, type StoredOpsItem } from './store';
import { table } from '../../../table';

/** What a filter compares with its values, and the operators that AWS takes for it. */
interface Filter {
  operators: NonNullable<OpsItemFilter['Operator']>[];
  values: (item: StoredOpsItem) => (string | undefined)[];
}

const equal = (values: Filter['values']): Filter => ({ operators: ['Equal'], values });
const text = (values: Filter['values']): Filter => ({ operators: ['Equal', 'Contains'], values });
const time = (of: (item: StoredOpsItem) => Date | undefined): Filter => ({
  operators: ['GreaterThan', 'LessThan'],
  values: (item) => [of(item)?.toISOString()],
});

/** Data that is not searchable is seen by GetOpsItem alone. */
const searchable = ({ data }: StoredOpsItem) =>
  Object.entries(data).filter(([, { Type }]) => Type === 'SearchableString');

const automationsOf = ({ data }: StoredOpsItem): string[] => {
  const list = parseObject(`{"list":${data['/aws/automations']?.Value ?? '[]'}}`)?.['list'];
  if (!Array.isArray(list)) return [];
  return list.map(({ automationId }: { automationId?: string }) => String(automationId));
};

const filters: Record<string, Filter> = table({
  OpsItemId: equal(({ id }) => [id]),
  Status: equal(({ status }) => [status]),
  Priority: equal(({ priority }) => [priority?.toString()]),
  Category: equal(({ category }) => [category]),
  Severity: equal(({ severity }) => [severity]),
  OpsItemType: equal(({ type }) => [type]),
  AutomationId: equal(automationsOf),
  CreatedBy: text(({ createdBy }) => [createdBy]),
  LastModifiedBy: text(({ modifiedBy }) => [modifiedBy]),
  Source: text(({ source }) => [source]),
  Title: text(({ title }) => [title]),
  ResourceId: { operators: ['Contains'], values: resourcesOf },
  OperationalDataKey: equal((item) => searchable(item).map(([key]) => key)),
  OperationalDataValue: text((item) => searchable(item).map(([, { Value }]) => Value)),
  OperationalData: equal((item) =>
    searchable(item).map(([key, { Value }]) => JSON.stringify({ key, value: Value })),
  ),
  CreatedTime: time(({ createdAt }) => createdAt),
  LastModifiedTime: time(({ modifiedAt }) => modifiedAt),
  ActualStartTime: time(({ times }) => times.ActualStartTime),
  ActualEndTime: time(({ times }) => times.ActualEndTime),
  PlannedStartTime: time(({ times }) => times.PlannedStartTime),
  PlannedEndTime: time(({ times }) => times.PlannedEndTime),
});

const comparisons: Record<string, (found: string, wanted: string) => boolean> = table({
  Equal: (found, wanted) => found === wanted,
  Contains: (found, wanted) => found.toLowerCase().includes(wanted.toLowerCase()),
  GreaterThan: (found, wanted) => new Date(found) > new Date(wanted),
  LessThan: (found, wanted) => new Date(found) < new Date(wanted),
});

/** Pairs of key and value come as JSON, in whatever order and spacing. */
function wantedValue(key: string, value: string): string {
  const pair = key === 'OperationalData' ? parseObject(value) : undefined;
  return pair ? JSON.stringify({ key: pair['key'], value: pair['value'] }) : value;
}

/** Reads a filter as a test; a key or operator that is not known is refused, whatever there is. */
function testOf({ Key, Operator, Values = [] }: OpsItemFilter): (item: StoredOpsItem) => boolean {
  const key: string = Key ?? '';
  const filter = filters[key];
  // The texts are not verified.
  if (!filter) throw invalid(['OpsItemFilters'], `The filter key ${key} is not emulated`);
  const compare = comparisons[Operator ?? ''];
  if (!compare || !filter.operators.some((known) => known === Operator)) {
    throw invalid(['OpsItemFilters'], `The operator ${Operator} is not valid for the key ${key}.`);
  }
  const wanted = Values.map((value) => wantedValue(key, value));
  return (item) =>
    filter
      .values(item)
      .some((found) => found !== undefined && wanted.some((value) => compare(found, value)));
}

const summary = (item: StoredOpsItem): OpsItemSummary => ({
  OpsItemId: item.id,
  OpsItemType: item.type,
  Title: item.title,
  Source: item.source,
  Status: item.status,
  Priority: item.priority,
  Category: item.category,
  Severity: item.severity,
  OperationalData: Object.fromEntries(searchable(item)),
  ...item.times,
  CreatedBy: item.createdBy,
  CreatedTime: item.createdAt,
  LastModifiedBy: item.modifiedBy,
  LastModifiedTime: item.modifiedAt,
});

export const opsItemQueries = {
  DescribeOpsItems({ OpsItemFilters = [], NextToken, MaxResults = 50 }, { state }) {
    const tests = OpsItemFilters.map(testOf);
    const found = [...opsItemsOf(state).values()]
      .toReversed()
      .filter((item) => tests.every((test) => test(item)));
    const { page, next } = paginate(found, NextToken, Math.min(MaxResults, 50));
    return { OpsItemSummaries: page.map(summary), NextToken: next };
  },
} satisfies SsmHandlers;
