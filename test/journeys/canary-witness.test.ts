import { labHome } from '../support/lab';
import { isInstalled, run } from '../support/run';

jest.setTimeout(300_000);

const home = labHome();
const { lab } = home;

afterAll(() => home.close());

const withAwsCli = isInstalled('aws', '--version') ? test : test.skip;

withAwsCli('the AWS CLI follows a poisoned release from its source to the rollback', async () => {
  await lab('start', 'lab-01');
  await lab('solve', 'lab-01');
  await lab('release', 'lab-01', 'poisoned', '--fast-forward');
  const settings = JSON.parse((await lab('env', '--json')).stdout) as NodeJS.ProcessEnv;
  const env = { PATH: process.env['PATH'], HOME: home.folder, ...settings };
  const endpoint = settings['AWS_ENDPOINT_URL'] ?? '';
  async function aws<T>(...words: string[]): Promise<T> {
    const options = ['--endpoint-url', endpoint, '--output', 'json'];
    const { stdout, stderr } = await run('aws', [...words, ...options], { env });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as T;
  }

  const { pipelines } = await aws<{ pipelines: { name: string }[] }>(
    'codepipeline',
    'list-pipelines',
  );
  const pipeline = ['--pipeline-name', pipelines[0]?.name ?? ''];
  const { pipelineExecutionSummaries: executions } = await aws<{
    pipelineExecutionSummaries: { pipelineExecutionId: string; status: string }[];
  }>('codepipeline', 'list-pipeline-executions', ...pipeline);
  const { actionExecutionDetails: actions } = await aws<{
    actionExecutionDetails: { stageName: string; status: string }[];
  }>(
    'codepipeline',
    'list-action-executions',
    ...pipeline,
    '--filter',
    `pipelineExecutionId=${executions[0]?.pipelineExecutionId}`,
  );
  const { deployments } = await aws<{ deployments: string[] }>('deploy', 'list-deployments');
  const { deploymentsInfo } = await aws<{
    deploymentsInfo: { deploymentId: string; creator: string; status: string }[];
  }>('deploy', 'batch-get-deployments', '--deployment-ids', ...deployments.slice(0, 3));
  const { Stacks } = await aws<{ Stacks: { StackStatus: string }[] }>(
    'cloudformation',
    'describe-stacks',
    '--stack-name',
    'lab-01-orders',
  );

  expect(executions[0]).toMatchObject({ status: 'Failed' });
  expect(actions.map(({ stageName, status }) => `${stageName} ${status}`).toReversed()).toEqual([
    expect.stringMatching(/^Source Succeeded$/),
    expect.stringMatching(/^Build Succeeded$/),
    expect.stringMatching(/^Approval Succeeded$/),
    expect.stringMatching(/^Deploy Failed$/),
  ]);
  expect(deploymentsInfo.map(({ creator, status }) => `${creator} ${status}`).toReversed()).toEqual(
    ['CloudFormation Stopped', 'codeDeployRollback Succeeded', 'CloudFormationRollback Succeeded'],
  );
  expect(Stacks).toMatchObject([{ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' }]);
  await lab('destroy', 'lab-01');
});
