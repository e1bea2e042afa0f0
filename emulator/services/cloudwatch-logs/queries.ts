import { QueryStatus, type StartQueryRequest } from '@aws-sdk/client-cloudwatch-logs';
import { checkedLimit, checkOneOf, checkText, invalid, notFound } from './errors';
import { sizeOf } from './event-store';
import { groupNameIn } from './find';
import { compileQuery } from './insights';
import { Row } from './insights/row';
import { toText } from './insights/value';
import { pageOf } from './pages';
import { recordAt, sourceOf, sourcesOf } from './query-sources';
import type { Group, LogsCall, LogsHandlers, Query } from './state';

const mostResults = 10_000;
/** How long a query runs, in simulated milliseconds; AWS's take about as long. */
const duration = 1000;
/** Queries that are remembered with their results. */
const mostQueries = 30;

export const queries = {
  StartQuery(input, call) {
    refuseLanguage(input.queryLanguage);
    const { queryString } = input;
    checkText(queryString, 'queryString', { longest: 10_000 });
    checkedLimit(input.limit, mostResults);
    const groups = groupsOf(input, call);
    compileQuery(queryString);
    const query = newQuery(input, groups, call);
    remember(query, call);
    const at = new Date(query.createdAt + duration);
    call.timers.set({ name: 'finishQuery', at, payload: query.id });
    return { queryId: query.id };
  },

  GetQueryResults({ queryId }, call) {
    const { status, results, statistics, groups } = find(queryId, call);
    return {
      queryLanguage: 'CWLI' as const,
      status,
      results,
      statistics: {
        ...statistics,
        estimatedBytesSkipped: 0,
        estimatedRecordsSkipped: 0,
        logGroupsScanned: groups.length,
      },
    };
  },

  StopQuery({ queryId }, call) {
    const query = find(queryId, call);
    if (query.status !== 'Running')
      // The text was not verified.
      throw invalid(`Query with ID '${query.id}' is not running: it is ${query.status}.`);
    query.status = 'Cancelled';
    return { success: true };
  },

  DescribeQueries({ logGroupName, status, queryLanguage, ...paging }, call) {
    refuseLanguage(queryLanguage);
    checkOneOf(status, 'status', QueryStatus);
    const found = [...call.state.queries.values()]
      .filter((query) => logGroupName === undefined || query.groups.includes(logGroupName))
      .filter((query) => query.status === (status ?? query.status))
      .toReversed();
    const { page, more } = pageOf(found, paging, 1000);
    return { queries: page.map(show), ...more };
  },

  GetLogRecord({ logRecordPointer = '' }, call) {
    const found = recordAt(logRecordPointer, call);
    if (!found) throw invalid('The specified log record pointer is not valid.');
    const fields = Object.entries(new Row(sourceOf(found, call)).all());
    return {
      logRecord: Object.fromEntries(fields.map(([name, value]) => [name, toText(value)])),
    };
  },
} satisfies LogsHandlers;

/** SQL and PPL are languages of AWS that are not emulated. */
export function refuseLanguage(language: string | undefined): void {
  if (language !== undefined && language !== 'CWLI')
    throw invalid(`queries in ${language} are not emulated; use CWLI`);
}

function groupsOf(input: StartQueryRequest, call: LogsCall): Group[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input;
  const given = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers].filter(
    (names) => names !== undefined && names !== '',
  );
  const [names] = given as string[][];
  if (!names || given.length > 1 || names.length === 0)
    // The text was not verified.
    throw invalid('Exactly one of logGroupName, logGroupNames or logGroupIdentifiers is needed.');
  return names.map((name) => {
    const group = call.state.groups.get(groupNameIn(name));
    if (!group)
      throw notFound(
        `Log group '${groupNameIn(name)}' does not exist for account ID '${call.accountId}'`,
      );
    return group;
  });
}

function newQuery(input: StartQueryRequest, groups: Group[], call: LogsCall): Query {
  const { startTime = 0, endTime = 0, queryString = '' } = input;
  if (endTime < startTime)
    // The text was not verified.
    throw invalid('End time should not be before start time.');
  return {
    id: call.random.uuid(),
    queryString,
    groups: groups.map(({ name }) => name),
    startTime,
    endTime,
    createdAt: call.now().getTime(),
    limit: input.limit ?? mostResults,
    status: 'Running',
    results: [],
    statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
  };
}

function remember(query: Query, { state }: LogsCall): void {
  state.queries.set(query.id, query);
  for (const id of state.queries.keys()) {
    if (state.queries.size <= mostQueries) return;
    state.queries.delete(id);
  }
}

/** Answers a query, unless it has been stopped. */
export function finishQuery(id: string, call: LogsCall): void {
  const query = call.state.queries.get(id);
  if (query?.status !== 'Running') return;
  const sources = sourcesOf(query, call);
  const { results, matched } = compileQuery(query.queryString).run(sources, query.limit);
  query.results = results;
  query.statistics = {
    recordsMatched: matched,
    recordsScanned: sources.length,
    bytesScanned: sources.reduce((sum, { message }) => sum + sizeOf(message), 0),
  };
  query.status = 'Complete';
}

function find(id: string | undefined, { state }: LogsCall): Query {
  const query = state.queries.get(id ?? '');
  if (!query) throw notFound(`Query ID '${id}' does not exist.`);
  return query;
}

const show = (query: Query) => ({
  queryLanguage: 'CWLI' as const,
  queryId: query.id,
  queryString: query.queryString,
  status: query.status,
  createTime: query.createdAt,
  logGroupName: query.groups[0],
  queryDuration: query.status === 'Complete' ? duration : 0,
  bytesScanned: query.statistics.bytesScanned,
});
