import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import { constraint, conflict, invalid, noSuchResource, notFound } from './errors';
import {
  arnOf,
  checkRevision,
  findFunction,
  findVersion,
  type Found,
  type Reference,
} from './find-function';
import type { LambdaFunction, LambdaHandlers } from './state';

export const policies = {
  AddPermission(input, call) {
    const found = qualified(findFunction(input, call), noAlias);
    const { fn, key } = found;
    if (key === '$LATEST')
      throw invalid('We currently do not support adding policies for $LATEST.');
    checkAction(input.Action ?? '');
    const policy = fn.policies.get(key) ?? { statements: [], revisionId: call.random.uuid() };
    checkRevision(input.RevisionId, policy);
    const sid = checkSid(input.StatementId ?? '');
    if (policy.statements.some(({ Sid }) => Sid === sid))
      throw conflict(
        `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    const statement = statementOf(input, arnOf(found.reference));
    fn.policies.set(key, {
      statements: [...policy.statements, statement],
      revisionId: call.random.uuid(),
    });
    return { Statement: JSON.stringify(statement) };
  },

  RemovePermission(input, call) {
    const found = findFunction(input, call, (reference) =>
      notFound(`No policy found for: ${arnOf(reference)}`),
    );
    const { fn, key } = qualified(found, noAlias);
    const policy = fn.policies.get(key);
    if (!policy) throw notFound('No policy is associated with the given resource.');
    checkRevision(input.RevisionId, policy);
    const kept = policy.statements.filter(({ Sid }) => Sid !== input.StatementId);
    if (kept.length === policy.statements.length)
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    if (kept.length === 0) fn.policies.delete(key);
    else fn.policies.set(key, { statements: kept, revisionId: call.random.uuid() });
  },

  GetPolicy(input, call) {
    const { fn, key } = qualified(findFunction(input, call, noSuchResource), noSuchResource);
    const text = policyText(fn, key);
    if (text === undefined) throw noSuchResource();
    return { Policy: text, RevisionId: fn.policies.get(key)?.revisionId };
  },
} satisfies LambdaHandlers;

/** The policy of a function, or of the version or alias that is named. */
export function policyText(fn: LambdaFunction, qualifier = ''): string | undefined {
  const policy = fn.policies.get(qualifier);
  return (
    policy && JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: policy.statements })
  );
}

/** What could be an alias is missed as one. */
const noAlias = (reference: Reference): Error =>
  notFound(
    /^(?:\d+|.*\$.*)$/.test(reference.qualifier ?? '')
      ? `Function not found: ${arnOf(reference)}`
      : `Cannot find alias arn: ${arnOf(reference)}`,
  );

/** A version or alias that is not there has no policy. */
function qualified(found: Found, absent: (reference: Reference) => Error): Found & { key: string } {
  findVersion(found, absent);
  return { ...found, key: found.qualifier ?? '' };
}

function checkSid(sid: string): string {
  if (/^[\w-]{1,100}$/.test(sid)) return sid;
  throw constraint(sid, 'statementId', 'satisfy regular expression pattern: ([a-zA-Z0-9-_]+)');
}

function checkAction(action: string): void {
  if (!/^(lambda:\*|lambda:[a-z]+|\*)$/i.test(action))
    throw constraint(
      action,
      'action',
      'satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
    );
}

function statementOf(input: AddPermissionRequest, Resource: string): Record<string, unknown> {
  const condition = conditionOf(input);
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principalOf(input.Principal ?? ''),
    Action: input.Action,
    Resource,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:[^:]*:(iam|sts):/.test(principal)) return { AWS: principal };
  if (/\.amazon(aws)?\.com(\.cn)?$/.test(principal)) return { Service: principal };
  throw invalid('The provided principal was invalid. Please check the principal and try again.');
}

function conditionOf(input: AddPermissionRequest): Record<string, Record<string, unknown>> {
  const equals = {
    ...(input.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.EventSourceToken === undefined
      ? {}
      : { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.FunctionUrlAuthType === undefined
      ? {}
      : { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) } }),
  };
}
