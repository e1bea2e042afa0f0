import { letsEventsPublish } from './publishing';

const asked = {
  topicArn: 'arn:aws:sns:us-east-1:000000000000:alerts',
  ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/ssh',
  accountId: '000000000000',
};

const allow = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: asked.topicArn,
};

const deny = { ...allow, Effect: 'Deny', Principal: '*', Action: 'SNS:*' };

const lets = (...Statement: object[]) => letsEventsPublish(JSON.stringify({ Statement }), asked);

test.each([
  ['the service by name', allow],
  ['a list of services', { ...allow, Principal: { Service: ['events.amazonaws.com', 'x'] } }],
  ['wildcards in action and resource', { ...allow, Action: 'sns:Pub*', Resource: '*' }],
  ['everybody', { ...allow, Principal: '*' }],
  ['this rule', { ...allow, Condition: { ArnLike: { 'aws:SourceArn': '*:rule/ssh' } } }],
  [
    'this account',
    { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } },
  ],
  [
    'a condition that only AWS can judge',
    { ...allow, Condition: { Bool: { 'aws:Mystery': 'true' } } },
  ],
])('a topic policy that allows %s lets EventBridge publish', (_name, statement) => {
  expect(lets(statement)).toBe(true);
});

test.each([
  ['another service', { ...allow, Principal: { Service: 's3.amazonaws.com' } }],
  ['another action', { ...allow, Action: 'sns:Subscribe' }],
  ['another topic', { ...allow, Resource: `${asked.topicArn}-2` }],
  ['another rule', { ...allow, Condition: { ArnEquals: { 'aws:SourceArn': '*:rule/other' } } }],
  [
    'only the owner, as a new topic does',
    {
      ...allow,
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'AWS:SourceOwner': '000000000000' } },
    },
  ],
])('a topic policy that allows %s does not', (_name, statement) => {
  expect(lets(statement)).toBe(false);
});

test('a deny wins over an allow', () => {
  expect(lets(allow, deny)).toBe(false);
});

test('a deny of insecure transport does not concern EventBridge', () => {
  const insecure = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

  expect(lets(allow, insecure)).toBe(true);
});

test('a deny of all other accounts does not concern this one', () => {
  const others = { StringNotEquals: { 'aws:SourceAccount': '000000000000' } };

  expect(lets(allow, { ...deny, Condition: others })).toBe(true);
});
