import {
  type DescribeMetricFiltersRequest,
  LimitExceededException,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkedPattern, patternOf } from './compiled';
import { checkText, constraint, invalid, notFound } from './errors';
import { findGroup } from './find';
import { checkIsStandard } from './log-class';
import { readTransformation } from './metric-transformation';
import { pageOf } from './pages';
import { refuseSystemFields } from './refused-members';
import type { Group, LogsHandlers, MetricFilter } from './state';

const mostFilters = 100;
const mostRegexFilters = 5;

export const metricFilters = {
  PutMetricFilter(input, call) {
    const { filterName: name } = input;
    checkText(name, 'filterName', { pattern: '[^:*]*' });
    refuseSystemFields(input);
    const group = findGroup(input.logGroupName, call);
    checkIsStandard(group);
    const pattern = checkedPattern(input.filterPattern);
    const transformation = readTransformation(input, pattern);
    const known = group.metricFilters.get(name);
    if (!known) checkRoom(group, pattern.regexes > 0);
    group.metricFilters.set(name, {
      name,
      pattern: input.filterPattern ?? '',
      transformation,
      createdAt: known?.createdAt ?? call.now().getTime(),
    });
    announce('UPDATE', group.name, call);
  },

  DeleteMetricFilter({ logGroupName, filterName = '' }, call) {
    const group = findGroup(logGroupName, call);
    if (!group.metricFilters.delete(filterName))
      throw notFound('The specified metric filter does not exist.');
    announce('UPDATE', group.name, call);
  },

  DescribeMetricFilters(input, call) {
    const { logGroupName } = input;
    checkAsked(input);
    const groups =
      logGroupName === undefined
        ? [...call.state.groups.values()]
        : [findGroup(logGroupName, call)];
    const found = groups.flatMap((group) => shown(group, input));
    const { page, more } = pageOf(
      found.toSorted((one, other) => (one.filterName < other.filterName ? -1 : 1)),
      input,
    );
    return { metricFilters: page, ...more };
  },

  TestMetricFilter({ filterPattern, logEventMessages = [] }) {
    checkMessages(logEventMessages);
    const pattern = checkedPattern(filterPattern);
    const matches = logEventMessages.flatMap((eventMessage, index) => {
      const extractedValues = pattern.match(eventMessage);
      return extractedValues ? [{ eventNumber: index + 1, eventMessage, extractedValues }] : [];
    });
    return { matches };
  },
} satisfies LogsHandlers;

function checkMessages(messages: string[]): void {
  const refused = (rule: string) =>
    constraint(`[${messages.join(', ')}]`, 'logEventMessages', `have length ${rule}`);
  if (messages.length === 0) throw refused('greater than or equal to 1');
  if (messages.length > 50) throw refused('less than or equal to 50');
}

function checkAsked(input: DescribeMetricFiltersRequest): void {
  const { filterNamePrefix, metricName, metricNamespace } = input;
  if (filterNamePrefix !== undefined) checkText(filterNamePrefix, 'filterNamePrefix');
  if (metricName !== undefined) checkText(metricName, 'metricName', { longest: 255 });
  if (metricNamespace !== undefined)
    checkText(metricNamespace, 'metricNamespace', { longest: 255 });
  if ((metricName === undefined) !== (metricNamespace === undefined))
    // The text was not verified.
    throw invalid('metricName and metricNamespace must be specified together.');
}

function checkRoom({ metricFilters: filters }: Group, hasRegex: boolean): void {
  const withRegex = [...filters.values()].filter((filter) => patternOf(filter).regexes > 0);
  if (filters.size >= mostFilters || (hasRegex && withRegex.length >= mostRegexFilters))
    throw refuse(LimitExceededException, 'Resource limit exceeded.');
}

function shown(group: Group, input: DescribeMetricFiltersRequest) {
  const { filterNamePrefix = '', metricName, metricNamespace } = input;
  return [...group.metricFilters.values()]
    .filter(
      ({ name, transformation }) =>
        name.startsWith(filterNamePrefix) &&
        transformation.metricName === (metricName ?? transformation.metricName) &&
        transformation.metricNamespace === (metricNamespace ?? transformation.metricNamespace),
    )
    .map((filter) => show(group.name, filter));
}

const show = (logGroupName: string, { name, pattern, transformation, createdAt }: MetricFilter) => {
  const { dimensions, ...others } = transformation;
  return {
    filterName: name,
    filterPattern: pattern,
    metricTransformations: [
      { ...others, ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}) },
    ],
    creationTime: createdAt,
    logGroupName,
    applyOnTransformedLogs: false,
  };
};
