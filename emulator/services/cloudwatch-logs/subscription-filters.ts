import {
  Distribution,
  LimitExceededException,
  type PutSubscriptionFilterRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkedPattern } from './compiled';
import { checkOneOf, checkText, invalid, notFound } from './errors';
import { findGroup } from './find';
import { checkIsStandard } from './log-class';
import { pageOf } from './pages';
import { refuseSystemFields } from './refused-members';
import type { Group, LogsCall, LogsHandlers, SubscriptionFilter } from './state';
import { sendControlMessage } from './subscription-delivery';
import { checkDestination } from './subscription-targets';

const mostFilters = 2;

export const subscriptionFilters = {
  async PutSubscriptionFilter(input, call) {
    const { filterName: name, destinationArn = '' } = input;
    checkText(name, 'filterName', { pattern: '[^:*]*' });
    refuseSystemFields(input);
    checkOneOf(input.distribution, 'distribution', Distribution);
    checkDestination(input, call);
    const group = findGroup(input.logGroupName, call);
    checkIsStandard(group);
    checkedPattern(input.filterPattern);
    refuseLoop(group, destinationArn);
    const known = group.subscriptionFilters.get(name);
    if (!known && group.subscriptionFilters.size >= mostFilters)
      throw refuse(LimitExceededException, 'Resource limit exceeded.');
    const filter = filterFrom(input, known?.createdAt ?? call.now().getTime());
    await checkIsReached(group, filter, call);
    group.subscriptionFilters.set(name, filter);
    announce('UPDATE', group.name, call);
  },

  DeleteSubscriptionFilter({ logGroupName, filterName = '' }, call) {
    const group = findGroup(logGroupName, call);
    if (!group.subscriptionFilters.delete(filterName))
      throw notFound('The specified subscription filter does not exist.');
    announce('UPDATE', group.name, call);
  },

  DescribeSubscriptionFilters({ logGroupName, filterNamePrefix = '', ...paging }, call) {
    const group = findGroup(logGroupName, call);
    const found = [...group.subscriptionFilters.values()]
      .filter(({ name }) => name.startsWith(filterNamePrefix))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const { page, more } = pageOf(found, paging);
    return { subscriptionFilters: page.map((filter) => show(group.name, filter)), ...more };
  },
} satisfies LogsHandlers;

/** AWS lets a function be called by its own log lines, and so without end. */
function refuseLoop({ name }: Group, destinationArn: string): void {
  const functionName = /:lambda:.*:function:([^:]+)/.exec(destinationArn)?.[1];
  if (functionName !== undefined && name === `/aws/lambda/${functionName}`)
    throw invalid(`${name} calling its own function without end is not emulated`);
}

const filterFrom = (
  input: PutSubscriptionFilterRequest,
  createdAt: number,
): SubscriptionFilter => ({
  name: input.filterName ?? '',
  pattern: input.filterPattern ?? '',
  destinationArn: input.destinationArn ?? '',
  distribution: input.distribution ?? 'ByLogStream',
  createdAt,
  ...(input.roleArn === undefined ? {} : { roleArn: input.roleArn }),
});

/** A destination gets a control message first, and what does not take it is no destination. */
async function checkIsReached(
  group: Group,
  filter: SubscriptionFilter,
  call: LogsCall,
): Promise<void> {
  try {
    await sendControlMessage(group, filter, call);
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error) || error.name.startsWith('InvalidParameter'))
      throw error;
    throw invalid(unreached(filter.destinationArn));
  }
}

function unreached(arn: string): string {
  if (arn.includes(':lambda:'))
    return 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.';
  return arn.includes(':kinesis:')
    ? 'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state. '
    : 'Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.';
}

const show = (logGroupName: string, filter: SubscriptionFilter) => ({
  filterName: filter.name,
  logGroupName,
  filterPattern: filter.pattern,
  destinationArn: filter.destinationArn,
  distribution: filter.distribution,
  applyOnTransformedLogs: false,
  creationTime: filter.createdAt,
  ...(filter.roleArn === undefined ? {} : { roleArn: filter.roleArn }),
});
