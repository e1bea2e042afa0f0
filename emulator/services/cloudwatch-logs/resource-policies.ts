import { LimitExceededException } from '@aws-sdk/client-cloudwatch-logs';
import { parseArn } from '../../arn';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { announceOf } from './announce';
import { checkText, invalid, notFound } from './errors';
import { pageOf } from './pages';
import type { LogsCall, LogsHandlers, LogsState } from './state';

const mostPolicies = 10;

export const resourcePolicies = {
  PutResourcePolicy({ policyName: name, policyDocument: document, ...others }, call) {
    if (others.resourceArn !== undefined || others.expectedRevisionId !== undefined)
      throw invalid('resourceArn of PutResourcePolicy is not emulated');
    checkText(name, 'policyName');
    checkText(document, 'policyDocument', { longest: 5120 });
    checkPolicy(document);
    const { resourcePolicies: known } = call.state;
    const isNew = !known.has(name);
    if (isNew && known.size >= mostPolicies)
      throw refuse(LimitExceededException, 'Resource limit exceeded.');
    const stored = { document, updatedAt: call.now().getTime() };
    known.set(name, stored);
    announceOf('AWS::Logs::ResourcePolicy', isNew ? 'CREATE' : 'UPDATE', { id: name, call });
    return { resourcePolicy: show(name, stored) };
  },

  DeleteResourcePolicy({ policyName: name = '', resourceArn }, call) {
    if (resourceArn !== undefined)
      throw invalid('resourceArn of DeleteResourcePolicy is not emulated');
    if (!call.state.resourcePolicies.delete(name))
      throw notFound(`Policy with name [${name}] does not exist.`);
    announceOf('AWS::Logs::ResourcePolicy', 'DELETE', { id: name, call });
  },

  DescribeResourcePolicies({ nextToken, limit }, call) {
    const { page, more } = pageOf([...call.state.resourcePolicies], { nextToken, limit });
    return { resourcePolicies: page.map(([name, stored]) => show(name, stored)), ...more };
  },
} satisfies LogsHandlers;

/** Refuses what is no document of IAM. */
export function checkPolicy(document: string): void {
  if (!parseObject(document)?.['Statement'])
    throw invalid(
      'Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly using IAM grammar.',
    );
}

const noArn = { region: '', accountId: '', resource: '' };

const show = (policyName: string, stored: { document: string; updatedAt: number }) => ({
  policyName,
  policyDocument: stored.document,
  lastUpdatedTime: stored.updatedAt,
  policyScope: 'ACCOUNT' as const,
});

/** The policy that speaks of a resource: a destination's own, or all of the account's as one. */
export function policyByArn(arn: string, call: LogsCall): string | undefined {
  const { region, accountId, resource } = parseArn(arn) ?? noArn;
  if (!accountId || !region || !resource) return undefined;
  const state = call.stateOf(accountId, region);
  const [kind, name = ''] = resource.split(':');
  return kind === 'destination' ? state.destinations.get(name)?.accessPolicy : joined(state);
}

function joined({ resourcePolicies: policies }: LogsState): string | undefined {
  const statements = [...policies.values()].flatMap(
    ({ document }) => parseObject(document)?.['Statement'] ?? [],
  );
  if (statements.length === 0) return undefined;
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
