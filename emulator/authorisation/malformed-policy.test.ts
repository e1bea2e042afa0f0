import { malformedPolicy, type PolicyKind } from './malformed-policy';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

const identity = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, ...more } });

const trust = (more: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ssm.amazonaws.com' },
        ...more,
      },
    ],
  });

test.each<[string, PolicyKind, string, string | undefined]>([
  ['a sound policy', 'identity', identity({}), undefined],
  ['a sound trust policy', 'trust', trust({}), undefined],
  ['text that is not JSON', 'identity', 'no', 'Syntax errors in policy.'],
  ['a trust policy that is not JSON', 'trust', '{', 'This policy contains invalid Json'],
  ['a list', 'identity', '[]', 'Syntax errors in policy.'],
  ['no statement', 'identity', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
  ['an unknown element', 'identity', identity({ Actions: '*' }), 'Syntax errors in policy.'],
  ['an unknown effect', 'identity', identity({ Effect: 'allow' }), 'Syntax errors in policy.'],
  [
    'both Action and NotAction',
    'identity',
    identity({ NotAction: '*' }),
    'Syntax errors in policy.',
  ],
  [
    'an unknown operator',
    'identity',
    identity({ Condition: { Equals: { a: 'b' } } }),
    'Syntax errors in policy.',
  ],
  [
    'a known operator',
    'identity',
    identity({ Condition: { 'ForAllValues:StringLikeIfExists': { a: 'b' } } }),
    undefined,
  ],
  [
    'no version',
    'managed',
    JSON.stringify({ Statement: statement }),
    'Policy document must be version 2012-10-17 or greater.',
  ],
  ['no action', 'identity', identity({ Action: [] }), 'Policy statement must contain actions.'],
  [
    'no resource',
    'identity',
    identity({ Resource: undefined }),
    'Policy statement must contain resources.',
  ],
  [
    'an action without service',
    'identity',
    identity({ Action: 'GetObject' }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [
    'an action with two colons',
    'identity',
    identity({ Action: 's3:a:b' }),
    'Actions/Condition can contain only one colon.',
  ],
  [
    'a resource that is no ARN',
    'identity',
    identity({ Resource: 'bucket' }),
    'Resource bucket must be in ARN format or "*".',
  ],
  [
    'a principal where none belongs',
    'identity',
    identity({ Principal: '*' }),
    'Policy document should not specify a principal.',
  ],
  [
    'a trust policy with a resource',
    'trust',
    trust({ Resource: '*' }),
    'Has prohibited field Resource',
  ],
  [
    'a trust policy without principal',
    'trust',
    trust({ Principal: undefined }),
    'Missing required field Principal cannot be empty!',
  ],
  [
    'a trust policy for another action',
    'trust',
    trust({ Action: 's3:GetObject' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    'a resource policy without principal',
    'resource',
    identity({}),
    'Missing required field Principal cannot be empty!',
  ],
  ['a sound resource policy', 'resource', identity({ Principal: '*' }), undefined],
])('%s in an %s policy', (...[, kind, document, complaint]) => {
  expect(malformedPolicy(document, kind)).toBe(complaint);
});

test('two statements of one Sid', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { ...statement, Sid: 'Same' },
      { ...statement, Sid: 'Same' },
    ],
  });
  expect(malformedPolicy(document, 'identity')).toBe(
    'Statement IDs (SID) in a single policy must be unique.',
  );
});
