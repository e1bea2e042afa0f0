import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

interface Request {
  RequestType: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
}

/** A topic whose subscriber, a queue, stands for whoever provides custom resources. */
async function setUp() {
  const emulator = emulated();
  const { client, clock, core } = emulator;
  const [cfn, sns, sqs] = [client(CloudFormation), client(SNS), client(SQS)];
  const { TopicArn: topic = '' } = await sns.createTopic({ Name: 'provider' });
  const { QueueUrl } = await sqs.createQueue({
    QueueName: 'requests',
    Attributes: {
      Policy: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
      }),
    },
  });
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:requests';
  await sns.subscribe({ TopicArn: topic, Protocol: 'sqs', Endpoint });

  const put = async (url: string, body: string): Promise<number> => {
    const { pathname: path, search } = new URL(url);
    const bytes = new TextEncoder().encode(body);
    const query = search.slice(1);
    const answer = await core.handle({ method: 'PUT', path, query, headers: {}, body: bytes });
    await clock.settle();
    return answer.status;
  };
  return {
    ...emulator,
    cfn,
    topic,
    put,
    thing: (more: object = {}) => ({
      Type: 'Custom::Thing',
      Properties: { ServiceToken: topic, ...more },
    }),
    /** The next request that CloudFormation has made. */
    asked: async (): Promise<Request> => {
      await clock.settle();
      const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl });
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
      const { Message: text } = JSON.parse(message?.Body ?? '{}') as { Message: string };
      return JSON.parse(text) as Request;
    },
    answer: ({ ResponseURL, StackId, RequestId, LogicalResourceId }: Request, more: object) =>
      put(
        ResponseURL,
        JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...more }),
      ),
    status: async (StackName: string) => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
      return stack?.StackStatus;
    },
    history: async (StackName: string) => {
      const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName });
      return events
        .toReversed()
        .map(({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
          [id, status, reason].filter(Boolean).join(' '),
        );
    },
  };
}

const template = (Resources: object, Outputs: object = {}) =>
  JSON.stringify({ Resources, Outputs });

test('a custom resource is asked for over its topic and made by the answer to the URL', async () => {
  const { answer, asked, cfn, history, status, thing, topic } = await setUp();
  const { StackId } = await cfn.createStack({
    StackName: 's',
    TemplateBody: template(
      { Thing: thing({ Size: 3, Nested: { On: true } }) },
      {
        Id: { Value: { Ref: 'Thing' } },
        Colour: { Value: { 'Fn::GetAtt': ['Thing', 'Colour'] } },
      },
    ),
  });
  expect(await status('s')).toBe('CREATE_IN_PROGRESS');

  const request = await asked();

  expect(request).toEqual({
    RequestType: 'Create',
    ServiceToken: topic,
    ResponseURL: expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:4566\/cloudformation-custom-resource-response-useast1\/arn%3Aaws%3A/,
    ),
    StackId,
    RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    LogicalResourceId: 'Thing',
    ResourceType: 'Custom::Thing',
    ResourceProperties: { ServiceToken: topic, Size: '3', Nested: { On: 'true' } },
  });
  expect(await answer(request, { PhysicalResourceId: 'thing-1', Data: { Colour: 'red' } })).toBe(
    200,
  );

  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Thing CREATE_IN_PROGRESS',
    'Thing CREATE_IN_PROGRESS Resource creation Initiated',
    'Thing CREATE_COMPLETE',
    's CREATE_COMPLETE',
  ]);
  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 's' });
  expect(stack?.Outputs?.map(({ OutputValue: value }) => value)).toEqual(['thing-1', 'red']);
});

test('another physical id after an update is a new resource, and the old one is deleted last', async () => {
  const { answer, asked, cfn, history, status, thing } = await setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ Thing: thing({ Size: 1 }) }) });
  await answer(await asked(), { PhysicalResourceId: 'one' });

  await cfn.updateStack({ StackName: 's', TemplateBody: template({ Thing: thing({ Size: 2 }) }) });
  const update = await asked();
  expect(update).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'one',
    ResourceProperties: { Size: '2' },
    OldResourceProperties: { Size: '1' },
  });
  await answer(update, { PhysicalResourceId: 'two' });
  expect(await status('s')).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const removal = await asked();
  expect(removal).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: 'one',
    ResourceProperties: { Size: '1' },
  });
  await answer(removal, { PhysicalResourceId: 'one' });

  expect((await history('s')).slice(5)).toEqual([
    's UPDATE_IN_PROGRESS User Initiated',
    'Thing UPDATE_IN_PROGRESS',
    'Thing UPDATE_IN_PROGRESS Requested update required the provider to create a new physical resource',
    'Thing UPDATE_COMPLETE',
    's UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Thing DELETE_IN_PROGRESS',
    'Thing DELETE_COMPLETE',
    's UPDATE_COMPLETE',
  ]);
});

test('a creation that the provider fails is rolled back with the id that it gave', async () => {
  const { answer, asked, cfn, history, thing } = await setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ Thing: thing() }) });
  const request = await asked();

  await answer(request, { Status: 'FAILED', Reason: 'no space', PhysicalResourceId: 'half' });
  const removal = await asked();
  expect(removal).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'half' });
  await answer(removal, { PhysicalResourceId: 'half' });

  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Thing CREATE_IN_PROGRESS',
    `Thing CREATE_FAILED Received response status [FAILED] from custom resource. Message returned: no space (RequestId: ${request.RequestId})`,
    's ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Thing]. Rollback requested by user.',
    'Thing DELETE_IN_PROGRESS',
    'Thing DELETE_COMPLETE',
    's ROLLBACK_COMPLETE',
  ]);
});

test.each([
  ['an hour', {}, '59m'],
  ['its ServiceTimeout', { ServiceTimeout: '90' }, '80s'],
])('a provider that says nothing fails the resource after %s', async (_what, more, almost) => {
  const { asked, cfn, clock, history, status, thing } = await setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing(more) }),
    OnFailure: 'DO_NOTHING',
  });
  const { RequestId: id } = await asked();

  await clock.advance(almost);
  expect(await status('s')).toBe('CREATE_IN_PROGRESS');
  await clock.advance('1m');

  expect(await status('s')).toBe('CREATE_FAILED');
  expect((await history('s'))[2]).toBe(
    `Thing CREATE_FAILED CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${id}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
  );
});

test('a provider that stays silent about the deletion too leaves the rollback failed', async () => {
  const { asked, cfn, clock, status, thing } = await setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing({ ServiceTimeout: 60 }) }),
  });
  await asked();

  await clock.advance('1m');
  expect(await asked()).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: expect.stringMatching(/^s-Thing-[0-9A-Z]{12}$/),
  });
  await clock.advance('1m');

  expect(await status('s')).toBe('ROLLBACK_FAILED');
});

test('while one custom resource waits, what does not depend on it goes on', async () => {
  const { answer, asked, cfn, history, thing } = await setUp();
  const queue = { Type: 'AWS::SQS::Queue' };
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Thing: thing(),
      After: { ...queue, DependsOn: 'Thing' },
      Beside: queue,
    }),
  });
  expect((await history('s')).at(-1)).toBe('Beside CREATE_COMPLETE');

  await answer(await asked(), { PhysicalResourceId: 'x' });

  expect((await history('s')).slice(-4)).toEqual([
    'After CREATE_IN_PROGRESS',
    'After CREATE_IN_PROGRESS Resource creation Initiated',
    'After CREATE_COMPLETE',
    's CREATE_COMPLETE',
  ]);
});

test('when another resource fails, what waits is cancelled and all is rolled back', async () => {
  const { cfn, history, thing } = await setUp();

  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing(), Bad: { Type: 'AWS::Foo::Bar' } }),
  });

  expect(await history('s')).toEqual([
    's CREATE_IN_PROGRESS User Initiated',
    'Thing CREATE_IN_PROGRESS',
    'Bad CREATE_IN_PROGRESS',
    'Bad CREATE_FAILED AWS::Foo::Bar is not emulated',
    'Thing CREATE_FAILED Resource creation cancelled',
    's ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Thing, Bad]. Rollback requested by user.',
    'Bad DELETE_COMPLETE',
    'Thing DELETE_COMPLETE',
    's ROLLBACK_COMPLETE',
  ]);
});

test('TimeoutInMinutes calls a creation off', async () => {
  const { cfn, clock, history, thing } = await setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing() }),
    TimeoutInMinutes: 5,
  });

  await clock.advance('6m');

  expect((await history('s')).slice(2)).toEqual([
    'Thing CREATE_FAILED Resource creation cancelled',
    's ROLLBACK_IN_PROGRESS Stack creation time exceeded the specified timeout. Rollback requested by user.',
    'Thing DELETE_COMPLETE',
    's ROLLBACK_COMPLETE',
  ]);
});

test('a stack that still waits can be deleted', async () => {
  const { asked, cfn, history, status, thing } = await setUp();
  const { StackId = '' } = await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing() }),
  });
  await asked();

  await cfn.deleteStack({ StackName: 's' });

  expect(await status(StackId)).toBe('DELETE_COMPLETE');
  expect((await history(StackId)).slice(2)).toEqual([
    'Thing CREATE_FAILED Resource creation cancelled',
    's DELETE_IN_PROGRESS User Initiated',
    'Thing DELETE_COMPLETE',
    's DELETE_COMPLETE',
  ]);
});

test.each([
  ['a body that is no JSON', 'hello', 'Invalid response: the body is not a JSON object'],
  ['no physical id', '{"Status":"SUCCESS"}', 'Invalid PhysicalResourceId'],
  ['an unknown status', '{"Status":"MAYBE"}', 'Invalid Status: MAYBE'],
  ['a body that is too long', `"${'x'.repeat(5000)}"`, 'Response object is too long.'],
])('an answer with %s fails the resource', async (_what, body, reason) => {
  const { asked, cfn, history, put, thing } = await setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing() }),
    OnFailure: 'DO_NOTHING',
  });

  await put((await asked()).ResponseURL, body);

  expect((await history('s'))[2]).toBe(`Thing CREATE_FAILED ${reason}`);
});

test('an address is good once, and only with its signature', async () => {
  const { answer, asked, cfn, put, thing } = await setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ Thing: thing() }) });
  const request = await asked();

  expect(await put(request.ResponseURL.replace(/Signature=./, 'Signature=x'), '{}')).toBe(403);
  expect(await answer(request, { PhysicalResourceId: 'x' })).toBe(200);
  expect(await answer(request, { PhysicalResourceId: 'y' })).toBe(403);
});

test.each([
  ['missing', '', 'Property ServiceToken cannot be empty.'],
  ['no ARN', 'provider', 'Invalid service token.'],
  ['of a queue', 'arn:aws:sqs:us-east-1:000000000000:q', 'Invalid service token.'],
])('a ServiceToken that is %s fails the resource', async (_what, token, reason) => {
  const { cfn, history } = await setUp();

  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Thing: {
        Type: 'AWS::CloudFormation::CustomResource',
        Properties: { ServiceToken: token },
      },
    }),
    OnFailure: 'DO_NOTHING',
  });

  expect((await history('s'))[2]).toBe(`Thing CREATE_FAILED ${reason}`);
});

test('an attribute that the provider did not give fails who asks for it', async () => {
  const { answer, asked, cfn, history, thing } = await setUp();
  const { StackId } = await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Thing: thing(),
      Name: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::GetAtt': ['Thing', 'Nope'] } },
      },
    }),
    OnFailure: 'DO_NOTHING',
  });

  await answer(await asked(), { PhysicalResourceId: 'x' });

  expect((await history('s'))[4]).toBe(
    `Name CREATE_FAILED CustomResource attribute error: Vendor response doesn't contain Nope attribute in object ${StackId}|Thing`,
  );
});

test('what a provider wants hidden shows in no event', async () => {
  const { answer, asked, cfn, thing } = await setUp();
  await cfn.createStack({
    StackName: 's',
    TemplateBody: template({
      Thing: thing(),
      Name: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::GetAtt': ['Thing', 'Password'] } },
      },
    }),
  });

  await answer(await asked(), {
    PhysicalResourceId: 'x',
    NoEcho: true,
    Data: { Password: 'hunter2' },
  });

  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 's' });
  expect(JSON.stringify(events)).not.toContain('hunter2');
  expect(events[1]?.ResourceProperties).toBe('{"Type":"String","Value":"*****"}');
});

test('a service token cannot be changed', async () => {
  const { answer, asked, cfn, history, thing, topic } = await setUp();
  await cfn.createStack({ StackName: 's', TemplateBody: template({ Thing: thing() }) });
  await answer(await asked(), { PhysicalResourceId: 'x' });

  await cfn.updateStack({
    StackName: 's',
    TemplateBody: template({ Thing: thing({ ServiceToken: `${topic}2` }) }),
    DisableRollback: true,
  });

  expect((await history('s')).slice(-2)).toEqual([
    'Thing UPDATE_FAILED Modifying service token is not allowed.',
    's UPDATE_FAILED The following resource(s) failed to update: [Thing]. ',
  ]);
});
