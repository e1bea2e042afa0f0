import type { Principal } from '../principal';
import { rootOf, serviceOf, sessionOf } from '../principal';
import { evaluate, type Policies } from './evaluate';

const account = '111111111111';
const roleArn = `arn:aws:iam::${account}:role/app/reader`;
const session = sessionOf(roleArn, 'me');
const user: Principal = {
  type: 'user',
  accountId: account,
  arn: `arn:aws:iam::${account}:user/ann`,
  userName: 'ann',
};
const topic = `arn:aws:sns:us-east-1:${account}:alarms`;
const foreignTopic = 'arn:aws:sns:us-east-1:222222222222:alarms';

type Json = Record<string, unknown>;

const policy = (...statements: Json[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'sns:Publish',
  Resource: '*',
  ...more,
});

const deny = (more: Json = {}): Json => allow({ ...more, Effect: 'Deny' });

const decide = (
  policies: Partial<Policies>,
  request: { principal?: Principal; action?: string; resource?: string; context?: Json } = {},
) => {
  const { decision, deniedBy } = evaluate(
    { identityPolicies: [], ...policies },
    {
      principal: session,
      action: 'sns:Publish',
      resource: topic,
      context: {},
      ...(request as object),
    },
  );
  return deniedBy ? `${decision} by ${deniedBy}` : decision;
};

describe('identity policies', () => {
  test.each<[string, Json, string]>([
    ['the exact action', {}, 'allowed'],
    ['the action in another letter case', { Action: 'SNS:publish' }, 'allowed'],
    ['a wildcard in the action', { Action: 'sns:Pub*' }, 'allowed'],
    ['a question mark in the action', { Action: 'sns:Publis?' }, 'allowed'],
    ['every action', { Action: '*' }, 'allowed'],
    ['another action', { Action: 'sns:Subscribe' }, 'implicitDeny by identity'],
    ['NotAction of another action', { Action: undefined, NotAction: 'iam:*' }, 'allowed'],
    ['NotAction of it', { Action: undefined, NotAction: 'sns:*' }, 'implicitDeny by identity'],
    ['the ARN', { Resource: topic }, 'allowed'],
    [
      'the ARN in another letter case',
      { Resource: topic.toUpperCase() },
      'implicitDeny by identity',
    ],
    ['a wildcard in the last segment', { Resource: `arn:aws:sns:*:*:al*` }, 'allowed'],
    ['a wildcard over segments', { Resource: 'arn:aws:*:alarms' }, 'implicitDeny by identity'],
    ['an ARN cut short', { Resource: 'arn:aws:sns' }, 'allowed'],
    ['NotResource of it', { Resource: undefined, NotResource: topic }, 'implicitDeny by identity'],
    [
      'its own tag as a variable',
      { Resource: 'arn:aws:sns:*:*:${aws:PrincipalTag/team}' },
      'allowed',
    ],
    [
      'a variable without value',
      { Resource: 'arn:aws:sns:*:*:${aws:username}' },
      'implicitDeny by identity',
    ],
    [
      'a variable with a default',
      { Resource: "arn:aws:sns:*:*:${aws:username, 'alarms'}" },
      'allowed',
    ],
  ])('that allow %s', (_what, statement, decision) => {
    const context = { 'aws:PrincipalTag/team': 'alarms' };
    expect(decide({ identityPolicies: [policy(allow(statement))] }, { context })).toBe(decision);
  });

  test('with an allow and a deny deny explicitly', () => {
    expect(decide({ identityPolicies: [policy(allow()), policy(deny())] })).toBe(
      'explicitDeny by identity',
    );
  });

  test('of version 2008-10-17 take variables for plain text', () => {
    const old = policy(allow({ Resource: 'arn:aws:sns:*:*:${aws:PrincipalAccount}' })).replace(
      '2012-10-17',
      '2008-10-17',
    );
    expect(decide({ identityPolicies: [old] }, { resource: `${topic}:x` })).toBe(
      'implicitDeny by identity',
    );
  });

  test('on named resources do not cover an action that has none', () => {
    expect(
      decide({ identityPolicies: [policy(allow({ Resource: topic }))] }, { resource: '*' }),
    ).toBe('implicitDeny by identity');
  });
});

describe('boundaries and session policies', () => {
  const identityPolicies = [policy(allow({ Action: '*' }))];
  const other = policy(allow({ Action: 's3:*' }));

  test.each<[string, Partial<Policies>, string]>([
    ['a boundary that allows', { boundary: policy(allow()) }, 'allowed'],
    ['a boundary that is silent', { boundary: other }, 'implicitDeny by boundary'],
    ['a boundary that denies', { boundary: policy(allow(), deny()) }, 'explicitDeny by boundary'],
    [
      'one of two session policies that allows',
      { sessionPolicies: [other, policy(allow())] },
      'allowed',
    ],
    ['a silent session policy', { sessionPolicies: [other] }, 'implicitDeny by session'],
  ])('%s', (_what, caps, decision) => {
    expect(decide({ identityPolicies, ...caps })).toBe(decision);
  });

  test('grant nothing by themselves', () => {
    expect(decide({ boundary: policy(allow()), sessionPolicies: [policy(allow())] })).toBe(
      'implicitDeny by identity',
    );
  });
});

describe('a resource policy', () => {
  const naming = (principal: unknown) => ({
    resourcePolicy: policy(allow({ Principal: principal })),
  });
  const capped = { boundary: policy(allow({ Action: 's3:*' })) };

  test.each<[string, unknown, string]>([
    ['everyone', '*', 'allowed'],
    ['every AWS principal', { AWS: '*' }, 'allowed'],
    ['the session', { AWS: session.arn }, 'allowed'],
    ['the role', { AWS: roleArn }, 'allowed'],
    ['the account', { AWS: account }, 'implicitDeny by identity'],
    [
      'the root of the account',
      { AWS: `arn:aws:iam::${account}:root` },
      'implicitDeny by identity',
    ],
    ['another role', { AWS: `${roleArn}2` }, 'implicitDeny by identity'],
    [
      'a part of the name',
      { AWS: `arn:aws:iam::${account}:role/app/*` },
      'implicitDeny by identity',
    ],
    ['a service', { Service: 'events.amazonaws.com' }, 'implicitDeny by identity'],
  ])('that names %s decides alone as far as it may', (_whom, principal, decision) => {
    expect(decide(naming(principal))).toBe(decision);
  });

  test('that names the role stays within a boundary', () => {
    expect(decide({ ...naming({ AWS: roleArn }), ...capped })).toBe('implicitDeny by boundary');
  });

  test('that names the session goes beyond a boundary', () => {
    expect(decide({ ...naming({ AWS: session.arn }), ...capped })).toBe('allowed');
  });

  test('that denies everybody but one denies the others', () => {
    const others = policy(deny({ Principal: undefined, NotPrincipal: { AWS: user.arn } }));
    const policies = { identityPolicies: [policy(allow())], resourcePolicy: others };
    expect(decide(policies)).toBe('explicitDeny by resource');
    expect(decide(policies, { principal: user })).toBe('allowed');
  });

  test('is all that a service has', () => {
    const principal = serviceOf('events.amazonaws.com', account);
    expect(decide(naming({ Service: 'events.amazonaws.com' }), { principal })).toBe('allowed');
    expect(decide(naming({ Service: 'sns.amazonaws.com' }), { principal })).toBe(
      'implicitDeny by resource',
    );
    expect(decide({ identityPolicies: [policy(allow())] }, { principal })).toBe(
      'implicitDeny by resource',
    );
  });

  test('of another account needs the identity policy too', () => {
    const request = { resource: foreignTopic };
    const identityPolicies = [policy(allow())];
    expect(decide({ identityPolicies }, request)).toBe('implicitDeny by resource');
    expect(decide(naming({ AWS: account }), request)).toBe('implicitDeny by identity');
    expect(decide({ ...naming({ AWS: account }), identityPolicies }, request)).toBe('allowed');
  });

  test('of a role is needed to assume it, whatever the caller may do', () => {
    const request = { action: 'sts:AssumeRole', resource: roleArn, principal: user };
    const identityPolicies = [policy(allow({ Action: '*' }))];
    const trusting = (principal: unknown) => ({
      resourcePolicy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }),
    });
    expect(decide({ identityPolicies }, request)).toBe('implicitDeny by resource');
    expect(decide({ identityPolicies, ...trusting({ AWS: account }) }, request)).toBe('allowed');
    expect(decide(trusting({ AWS: account }), request)).toBe('implicitDeny by identity');
    expect(decide(trusting({ AWS: user.arn }), request)).toBe('allowed');
  });
});

describe('an organization', () => {
  const everything = policy(allow({ Action: '*' }));
  const identityPolicies = [everything];
  const onlyS3 = policy(allow({ Action: 's3:*' }));

  test.each<[string, string[][], string]>([
    ['that allows everything at each level allows', [[everything], [everything]], 'allowed'],
    ['with one silent level denies', [[everything], [onlyS3]], 'implicitDeny by serviceControl'],
    ['needs one allow a level', [[everything], [onlyS3, policy(allow())]], 'allowed'],
    [
      'with a deny at any level denies',
      [[everything, policy(deny())], [everything]],
      'explicitDeny by serviceControl',
    ],
    ['without any policy at a level denies', [[]], 'implicitDeny by serviceControl'],
  ])('%s', (_what, serviceControls, decision) => {
    expect(decide({ identityPolicies, serviceControls })).toBe(decision);
  });

  test('grants nothing by itself', () => {
    expect(decide({ serviceControls: [[everything]] })).toBe('implicitDeny by identity');
    const open = policy(allow({ Action: '*', Principal: '*' }));
    expect(decide({ resourceControls: [[open]] })).toBe('implicitDeny by identity');
  });

  test('restricts who is let in by a resource policy, too', () => {
    const resourcePolicy = policy(allow({ Principal: { AWS: session.arn } }));
    expect(decide({ resourcePolicy, serviceControls: [[onlyS3]] })).toBe(
      'implicitDeny by serviceControl',
    );
  });

  test('denies by a resource control policy', () => {
    const open = policy(allow({ Action: '*', Principal: '*' }));
    const closed = policy(deny({ Principal: '*' }));
    expect(decide({ identityPolicies, resourceControls: [[open, closed]] })).toBe(
      'explicitDeny by resourceControl',
    );
  });
});

describe('conditions', () => {
  test.each<[string, Json, Json, string]>([
    ['StringEquals', { 'aws:RequestTag/lab': 'a' }, { 'aws:requesttag/LAB': 'a' }, 'allowed'],
    ['StringEquals', { k: 'a*' }, { k: 'ab' }, 'denied'],
    ['StringEquals', { k: ['x', 'a'] }, { k: 'a' }, 'allowed'],
    ['StringEquals', { k: 'a' }, {}, 'denied'],
    ['StringEquals', { k: '${aws:PrincipalAccount}' }, { k: account }, 'allowed'],
    ['StringEqualsIfExists', { k: 'a' }, {}, 'allowed'],
    ['StringEqualsIfExists', { k: 'a' }, { k: 'b' }, 'denied'],
    ['StringNotEquals', { k: 'a' }, {}, 'allowed'],
    ['StringNotEquals', { k: ['a', 'b'] }, { k: 'b' }, 'denied'],
    ['StringEqualsIgnoreCase', { k: 'A' }, { k: 'a' }, 'allowed'],
    ['StringLike', { k: 'a*c?' }, { k: 'abbcd' }, 'allowed'],
    ['StringNotLike', { k: 'a*' }, { k: 'b' }, 'allowed'],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' },
      { 'aws:SourceArn': 'arn:aws:events:us-east-1:1:rule/x' },
      'allowed',
    ],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:*:rule/x' },
      { 'aws:SourceArn': 'arn:aws:events:us-east-1:1:rule/x' },
      'denied',
    ],
    ['ArnNotEquals', { 'aws:PrincipalArn': roleArn }, {}, 'denied'],
    ['NumericLessThanEquals', { k: '900' }, { k: '900' }, 'allowed'],
    ['NumericGreaterThan', { k: '900' }, { k: '900' }, 'denied'],
    ['NumericEquals', { k: '1' }, { k: '' }, 'denied'],
    [
      'DateLessThan',
      { 'aws:CurrentTime': '2026-01-02T00:00:00Z' },
      { 'aws:CurrentTime': '2026-01-01T00:00:00.000Z' },
      'allowed',
    ],
    ['DateGreaterThan', { k: '1767225600' }, { k: '2026-01-01T00:00:01Z' }, 'allowed'],
    ['Bool', { 'aws:SecureTransport': true }, { 'aws:SecureTransport': 'True' }, 'allowed'],
    ['IpAddress', { 'aws:SourceIp': '10.0.0.0/8' }, { 'aws:SourceIp': '10.1.2.3' }, 'allowed'],
    ['IpAddress', { 'aws:SourceIp': '10.0.0.0/8' }, { 'aws:SourceIp': '11.1.2.3' }, 'denied'],
    [
      'IpAddress',
      { 'aws:SourceIp': '2001:db8::/32' },
      { 'aws:SourceIp': '2001:db8::1' },
      'allowed',
    ],
    ['NotIpAddress', { 'aws:SourceIp': '10.0.0.0/8' }, { 'aws:SourceIp': '11.1.2.3' }, 'allowed'],
    ['Null', { k: 'true' }, {}, 'allowed'],
    ['Null', { k: 'true' }, { k: 'x' }, 'denied'],
    ['Null', { k: 'false' }, { k: 'x' }, 'allowed'],
    ['BinaryEquals', { k: 'QQ==' }, { k: 'QQ==' }, 'allowed'],
    [
      'ForAnyValue:StringEquals',
      { 'aws:TagKeys': ['a', 'b'] },
      { 'aws:TagKeys': ['x', 'b'] },
      'allowed',
    ],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': 'a' }, {}, 'denied'],
    [
      'ForAllValues:StringEquals',
      { 'aws:TagKeys': ['a', 'b'] },
      { 'aws:TagKeys': ['a', 'c'] },
      'denied',
    ],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, {}, 'allowed'],
    [
      'ForAnyValue:StringNotEquals',
      { 'aws:TagKeys': 'a' },
      { 'aws:TagKeys': ['a', 'b'] },
      'allowed',
    ],
  ])('%s %j with %j: %s', (...[operator, wanted, context, outcome]) => {
    const identityPolicies = [policy(allow({ Condition: { [operator]: wanted } }))];
    expect(decide({ identityPolicies }, { context })).toBe(
      outcome === 'allowed' ? 'allowed' : 'implicitDeny by identity',
    );
  });

  test('of one statement must all be met', () => {
    const both = { StringEquals: { a: '1', b: '2' } };
    const identityPolicies = [policy(allow({ Condition: both }))];
    expect(decide({ identityPolicies }, { context: { a: '1', b: '2' } })).toBe('allowed');
    expect(decide({ identityPolicies }, { context: { a: '1' } })).toBe('implicitDeny by identity');
  });
});

test('a pattern with many wildcards answers at once', () => {
  const resource = `arn:aws:sns:us-east-1:${account}:${'a'.repeat(3000)}b`;
  const pattern = `arn:aws:sns:*:*:${'a*'.repeat(500)}c`;
  expect(decide({ identityPolicies: [policy(allow({ Resource: pattern }))] }, { resource })).toBe(
    'implicitDeny by identity',
  );
});

test('the root of another account is an account principal like any other', () => {
  const principal = rootOf('222222222222');
  const resourcePolicy = policy(allow({ Principal: { AWS: '222222222222' } }));
  const identityPolicies = [policy(allow())];
  expect(decide({ identityPolicies, resourcePolicy }, { principal })).toBe('allowed');
  expect(decide({ identityPolicies }, { principal })).toBe('implicitDeny by resource');
});
