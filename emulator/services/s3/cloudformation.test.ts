import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { emulated } from '../../../test/support/emulated';

const template = (versioning: string) =>
  JSON.stringify({
    Resources: {
      Archive: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          VersioningConfiguration: { Status: versioning },
          Tags: [{ Key: 'team', Value: 'core' }],
        },
      },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Archive' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'config.amazonaws.com' },
                Action: 's3:PutObject',
                Resource: { 'Fn::Sub': '${Archive.Arn}/*' },
              },
            ],
          },
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Archive' } } },
  });

test('a stack with a bucket and its policy is made, changed and deleted', async () => {
  const { client, clock } = emulated();
  const [cloudformation, s3] = [client(CloudFormation), client(S3)];
  await cloudformation.createStack({ StackName: 'Store', TemplateBody: template('Enabled') });
  await clock.settle();
  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: 'Store' });
  const Bucket = stack?.Outputs?.[0]?.OutputValue;

  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  expect(Bucket).toMatch(/^store-archive-[a-z0-9]{12}$/);
  await expect(s3.getBucketPolicy({ Bucket })).resolves.toMatchObject({
    Policy: expect.stringContaining(`arn:aws:s3:::${Bucket}/*`),
  });
  const { TagSet } = await s3.getBucketTagging({ Bucket });
  expect(TagSet).toContainEqual({ Key: 'aws:cloudformation:stack-name', Value: 'Store' });

  await cloudformation.updateStack({ StackName: 'Store', TemplateBody: template('Suspended') });
  await clock.settle();
  await expect(s3.getBucketVersioning({ Bucket })).resolves.toMatchObject({ Status: 'Suspended' });

  await cloudformation.deleteStack({ StackName: 'Store' });
  await clock.settle();
  await expect(s3.headBucket({ Bucket })).rejects.toMatchObject({ name: 'NotFound' });
});
