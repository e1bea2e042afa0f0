import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';

const parameter = (Name: string, Value: string) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value },
});
const body = (Resources: object) => JSON.stringify({ Resources });
const first = body({ A: parameter('/a', '1'), B: parameter('/b', '1') });
const modified = body({ A: parameter('/a', '2'), B: parameter('/b', '1') });
const replaced = body({ A: parameter('/c', '1'), B: parameter('/b', '1') });
const removed = body({ B: parameter('/b', '1') });

const all = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const policy = (...Statement: object[]) => JSON.stringify({ Statement });
const deny = (Action: string | string[], more: object = {}) =>
  policy(all, {
    Effect: 'Deny',
    Action,
    Principal: '*',
    Resource: 'LogicalResourceId/A',
    ...more,
  });

function setUp() {
  const cfn = emulated().client(CloudFormation);
  return {
    cfn,
    create: (StackPolicyBody?: string) =>
      cfn.createStack({ StackName: 's', TemplateBody: first, StackPolicyBody }),
    /** Status and the reasons of the resources that failed. */
    outcome: async () => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
      const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 's' });
      const failed = events.filter(({ ResourceStatus: status }) => status === 'UPDATE_FAILED');
      return [
        stack?.StackStatus,
        ...failed.map(
          ({ LogicalResourceId: id, ResourceStatusReason: reason }) => `${id}: ${reason}`,
        ),
      ];
    },
  };
}

const denied = (action: string) => [
  'UPDATE_ROLLBACK_COMPLETE',
  `A: Action denied by stack policy: Statement [#1] does not allow [${action}] for resource [LogicalResourceId/A]`,
];
const fine = ['UPDATE_COMPLETE'];

test.each([
  ['a modification', deny('Update:Modify'), modified, denied('Update:Modify')],
  ['a replacement', deny('Update:Replace'), replaced, denied('Update:Replace')],
  ['a deletion', deny('Update:Delete'), removed, denied('Update:Delete')],
  ['anything', deny('Update:*'), modified, denied('Update:Modify')],
  ['a replacement and not the modification', deny('Update:Replace'), modified, fine],
  ['another resource', deny('Update:*', { Resource: 'LogicalResourceId/B*' }), modified, fine],
  [
    'all but another resource',
    deny('Update:*', { Resource: undefined, NotResource: 'LogicalResourceId/B' }),
    modified,
    denied('Update:Modify'),
  ],
  [
    'a type',
    deny('Update:*', {
      Resource: '*',
      Condition: { StringEquals: { ResourceType: ['AWS::SSM::Parameter'] } },
    }),
    modified,
    denied('Update:Modify'),
  ],
  [
    'another type',
    deny('Update:*', {
      Resource: '*',
      Condition: { StringLike: { ResourceType: ['AWS::SQS::*'] } },
    }),
    modified,
    fine,
  ],
  [
    'what it does not allow',
    policy({ ...all, Resource: 'LogicalResourceId/B' }),
    modified,
    ['UPDATE_ROLLBACK_COMPLETE', 'A: Action not allowed by stack policy'],
  ],
])('a stack policy that denies %s decides over an update', async (_what, own, ...rest) => {
  const [next, expected] = rest;
  const { cfn, create, outcome } = setUp();
  await create(own);

  await cfn.updateStack({ StackName: 's', TemplateBody: next });

  expect(await outcome()).toEqual(expected);
});

test('a policy for one update holds for that update only', async () => {
  const { cfn, create, outcome } = setUp();
  await create(deny('Update:*'));

  await cfn.updateStack({
    StackName: 's',
    TemplateBody: modified,
    StackPolicyDuringUpdateBody: policy(all),
  });

  expect(await outcome()).toEqual(fine);
  expect(await cfn.getStackPolicy({ StackName: 's' })).toMatchObject({
    StackPolicyBody: deny('Update:*'),
  });
});

test('a stack has no policy until one is set, and an update can set one too', async () => {
  const { cfn, create } = setUp();
  await create();
  const { StackPolicyBody: none } = await cfn.getStackPolicy({ StackName: 's' });
  expect(none).toBeUndefined();

  await cfn.setStackPolicy({ StackName: 's', StackPolicyBody: policy(all) });
  const { StackPolicyBody: set } = await cfn.getStackPolicy({ StackName: 's' });
  expect(set).toBe(policy(all));

  await cfn.updateStack({
    StackName: 's',
    TemplateBody: modified,
    StackPolicyBody: deny('Update:*'),
  });
  const { StackPolicyBody: last } = await cfn.getStackPolicy({ StackName: 's' });
  expect(last).toBe(deny('Update:*'));
});

test.each([
  ['no JSON', 'x'],
  ['no statement', '{}'],
  ['an unknown action', policy({ ...all, Action: 'Update:Some' })],
  ['another principal', policy({ ...all, Principal: 'arn:aws:iam::000000000000:root' })],
  ['no resource', policy({ Effect: 'Allow', Action: 'Update:*', Principal: '*' })],
])(
  'a stack policy with %s is refused (LocalStack test_stack_policies.py)',
  async (_what, StackPolicyBody) => {
    const { cfn, create } = setUp();
    await create();

    await expect(cfn.setStackPolicy({ StackName: 's', StackPolicyBody })).rejects.toThrow(
      'Error validating stack policy: Invalid stack policy',
    );
  },
);
