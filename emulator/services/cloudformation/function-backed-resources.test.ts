import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';

/** A stack with a function and a resource that the function provides. */
const stackOf = (code: string, properties: object = {}) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'lambda.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
      Provider: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Timeout: 30,
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: code },
        },
      },
      Thing: {
        Type: 'Custom::Thing',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties },
      },
    },
    Outputs: {
      Id: { Value: { Ref: 'Thing' } },
      Colour: { Value: { 'Fn::GetAtt': ['Thing', 'Colour'] } },
    },
  });

const withModule = `
const response = require('cfn-response');
exports.handler = (event, context) => {
  if (event.ResourceProperties.Fails && event.RequestType === 'Create') response.send(event, context, response.FAILED);
  else response.send(event, context, response.SUCCESS, { Colour: event.ResourceProperties.Want }, 'thing-1');
};`;

/** As AWS's documentation writes it: HTTPS to the host of the URL. */
const byHand = `
const https = require('https');
exports.handler = async (event) => {
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'thing-2', Data: { Colour: 'green' }, StackId, RequestId, LogicalResourceId });
  await new Promise((done, failed) => {
    const request = https.request({ hostname, port: 443, path: pathname + search, method: 'PUT', headers: { 'content-type': '', 'content-length': body.length } }, done);
    request.on('error', failed).end(body);
  });
};`;

async function deployed(TemplateBody: string) {
  const { client, clock } = emulated();
  const cfn = client(CloudFormation);
  const StackName = 's';
  await cfn.createStack({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] });
  await clock.settle();
  const look = async () => {
    const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
    return {
      status: stack?.StackStatus,
      outputs: stack?.Outputs?.map(({ OutputValue: value }) => value),
    };
  };
  const reasons = async () => {
    const { StackEvents = [] } = await cfn.describeStackEvents({ StackName });
    return StackEvents.filter(({ LogicalResourceId: id }) => id === 'Thing').map(
      ({ ResourceStatus: status, ResourceStatusReason: reason }) => [status, reason],
    );
  };
  return { cfn, clock, look, reasons };
}

test('a function makes a custom resource with the module that AWS puts beside inline code', async () => {
  const { cfn, clock, look } = await deployed(stackOf(withModule, { Want: 'red' }));
  const created = await look();
  await cfn.updateStack({
    StackName: 's',
    TemplateBody: stackOf(withModule, { Want: 'blue' }),
    Capabilities: ['CAPABILITY_IAM'],
  });
  await clock.settle();
  const updated = await look();
  await cfn.deleteStack({ StackName: 's' });
  await clock.settle();

  expect(created).toEqual({ status: 'CREATE_COMPLETE', outputs: ['thing-1', 'red'] });
  expect(updated).toEqual({ status: 'UPDATE_COMPLETE', outputs: ['thing-1', 'blue'] });
  expect(
    (await cfn.listStacks({ StackStatusFilter: ['DELETE_COMPLETE'] })).StackSummaries,
  ).toMatchObject([{ StackName: 's' }]);
});

test('code that speaks HTTPS to the host of the ResponseURL is heard', async () => {
  const { look } = await deployed(stackOf(byHand));

  expect(await look()).toEqual({ status: 'CREATE_COMPLETE', outputs: ['thing-2', 'green'] });
});

test('a function that answers FAILED fails the resource, with its log stream as the reason', async () => {
  const { look, reasons } = await deployed(stackOf(withModule, { Fails: true }));

  expect((await look()).status).toBe('ROLLBACK_COMPLETE');
  expect(await reasons()).toContainEqual([
    'CREATE_FAILED',
    expect.stringMatching(
      /See the details in CloudWatch Log Stream: 2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}/,
    ),
  ]);
});
