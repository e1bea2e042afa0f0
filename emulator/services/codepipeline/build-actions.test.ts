import { CodeBuild } from '@aws-sdk/client-codebuild';
import { CodePipeline } from '@aws-sdk/client-codepipeline';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { unzipSync, zipSync } from 'fflate';
import { emulated } from '../../../test/support/emulated';

const roleFor = (service: string) => ({
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
  }),
});

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

const buildspec = `
version: 0.2
env: { exported-variables: [REVISION] }
phases:
  build:
    commands:
      - export REVISION="r-$STAGE"
      - cp greeting.txt built.txt
artifacts: { files: [built.txt] }
`;

/** A pipeline that fetches, builds and shows the build's variable to an approval. */
async function built(commands = buildspec) {
  const here = emulated();
  const { client, clock } = here;
  const iam = client(IAM);
  const s3 = client(S3);
  const codepipeline = client(CodePipeline);
  for (const [RoleName, service] of [
    ['pipeline', 'codepipeline.amazonaws.com'],
    ['build', 'codebuild.amazonaws.com'],
  ] as const) {
    await iam.createRole({ RoleName, ...roleFor(service) });
    await iam.putRolePolicy({ RoleName, PolicyName: 'all', PolicyDocument: everything });
  }
  for (const Bucket of ['artifacts', 'releases']) await s3.createBucket({ Bucket });
  await s3.putBucketVersioning({
    Bucket: 'releases',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  await s3.putObject({
    Bucket: 'releases',
    Key: 'release.zip',
    Body: zipSync({
      'greeting.txt': Buffer.from('hello'),
      'buildspec.yml': Buffer.from(commands),
    }),
  });
  const { KeyMetadata } = await client(KMS).createKey({});
  await client(CodeBuild).createProject({
    name: 'orders',
    serviceRole: 'arn:aws:iam::000000000000:role/build',
    source: { type: 'CODEPIPELINE' },
    artifacts: { type: 'CODEPIPELINE' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL',
    },
  });
  await codepipeline.createPipeline({
    pipeline: {
      name: 'release',
      roleArn: 'arn:aws:iam::000000000000:role/pipeline',
      artifactStore: {
        type: 'S3',
        location: 'artifacts',
        encryptionKey: { type: 'KMS', id: KeyMetadata?.Arn },
      },
      stages: [
        {
          name: 'Source',
          actions: [
            {
              name: 'Fetch',
              actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
              configuration: {
                S3Bucket: 'releases',
                S3ObjectKey: 'release.zip',
                PollForSourceChanges: 'false',
              },
              outputArtifacts: [{ name: 'Code' }],
            },
          ],
        },
        {
          name: 'Build',
          actions: [
            {
              name: 'Make',
              namespace: 'make',
              actionTypeId: {
                category: 'Build',
                owner: 'AWS',
                provider: 'CodeBuild',
                version: '1',
              },
              configuration: {
                ProjectName: 'orders',
                EnvironmentVariables: JSON.stringify([{ name: 'STAGE', value: 'test' }]),
              },
              inputArtifacts: [{ name: 'Code' }],
              outputArtifacts: [{ name: 'Built' }],
            },
          ],
        },
        {
          name: 'Approve',
          actions: [
            {
              name: 'Ask',
              actionTypeId: {
                category: 'Approval',
                owner: 'AWS',
                provider: 'Manual',
                version: '1',
              },
              configuration: { CustomData: '#{make.REVISION}' },
            },
          ],
        },
      ],
    },
  });
  await clock.settle();
  const { actionExecutionDetails = [] } = await codepipeline.listActionExecutions({
    pipelineName: 'release',
  });
  const actions = Object.fromEntries(
    actionExecutionDetails.map((each) => [each.actionName ?? '', each]),
  );
  /** Where the artifact of an action lies. */
  const placeOf = (action: string) => {
    const [artifact] = actions[action]?.output?.outputArtifacts ?? [];
    return { Bucket: artifact?.s3location?.bucket, Key: artifact?.s3location?.key };
  };
  return { ...here, s3, actions, placeOf, keyArn: KeyMetadata?.Arn };
}

test('a build gets its source from the pipeline and puts its artifact where the pipeline wants it', async () => {
  const { actions, s3, placeOf } = await built();

  const { Body } = await s3.getObject(placeOf('Make'));

  const files = unzipSync((await Body?.transformToByteArray()) ?? new Uint8Array());
  expect(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString()])).toEqual(
    [['built.txt', 'hello']],
  );
  expect(actions['Make']).toMatchObject({ status: 'Succeeded' });
});

test('every artifact lies under the store’s own key', async () => {
  const { s3, keyArn, placeOf } = await built();

  for (const action of ['Fetch', 'Make'])
    expect(await s3.headObject(placeOf(action))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
    });
});

test('what a build exports is a variable of the actions behind it', async () => {
  const { actions } = await built();

  expect(actions['Ask']?.input?.resolvedConfiguration).toEqual({ CustomData: 'r-test' });
});

test('a failing build fails its action with what went wrong', async () => {
  const { actions, client } = await built(
    'version: 0.2\nphases: { build: { commands: ["exit 1"] } }\n',
  );

  expect(actions['Make']).toMatchObject({
    status: 'Failed',
    output: { executionResult: { errorDetails: { code: 'JobFailed' } } },
  });
  const id = actions['Make']?.output?.executionResult?.externalExecutionId ?? '';
  const { builds } = await client(CodeBuild).batchGetBuilds({ ids: [id] });
  expect(builds).toMatchObject([{ buildStatus: 'FAILED', initiator: 'codepipeline/release' }]);
});

test('nobody but a pipeline starts a build of a project with the source CODEPIPELINE', async () => {
  const { client } = await built();

  await expect(client(CodeBuild).startBuild({ projectName: 'orders' })).rejects.toMatchObject({
    name: 'InvalidInputException',
  });
});
