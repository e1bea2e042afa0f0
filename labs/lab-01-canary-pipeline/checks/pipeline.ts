import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import { type Check, fail } from '../../../checker/check';
import { ordersStack } from '../release/live';
import { output } from '../release/output';
import { actionsBy, type Placed, sourcesOf } from '../release/pipeline';
import { judge, pipelineReads, withPipeline } from './found';
import { allowedOn } from './permissions';
import { pipelineArn, rulesThatStart } from './starting';

const where = 'CodePipeline, the pipeline, Edit';

export const pipelineAsksBeforeItDeploys: Check = {
  title: 'A pipeline goes from the release by a build and an approval to the deployment',
  task: 'b',
  points: 7,
  reads: pipelineReads,
  objective: 'Put the stages of a release in the order in which a mistake costs least.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const places = stagesOf(account, pipeline);
      const told = places.map(({ what, found }) => `${what} ${found?.stage ?? 'nowhere'}`);
      const order = places.map(({ found }) => found?.at ?? -1);
      const isRight = order.every((at, index) => at >= 0 && at > (order[index - 1] ?? -1));
      return judge(isRight, {
        seen: `${pipeline.name} has its ${told.join(', ')}.`,
        wanted:
          'Source (S3), Build (CodeBuild), Approval (Manual), Deploy (CloudFormation), in this order.',
        where,
        proof: {
          call: 'codepipeline:GetPipeline',
          resource: pipeline.name,
          path: 'pipeline.stages[].actions[].actionTypeId',
          expected: 'Source, Build, Approval, Deploy',
          actual: (pipeline.stages ?? []).map(({ name }) => name).join(', '),
        },
      });
    }),
};

export const releaseStartsThePipeline: Check = {
  title: 'The event of a new release.zip starts the pipeline, and nothing polls',
  task: 'b',
  points: 6,
  needs: ['pipelineAsksBeforeItDeploys'],
  reads: [
    ...pipelineReads,
    'events:ListRuleNamesByTarget',
    'events:DescribeRule',
    'events:ListTargetsByRule',
    'events:TestEventPattern',
    'iam:GetRole',
    'iam:SimulatePrincipalPolicy',
  ],
  objective: 'Start a pipeline by the event of the object instead of by asking every minute.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const polling = pollingOf(account, pipeline);
      if (polling) return fail({ ...polling, wanted: started, where });
      const starters = await rulesThatStart(account, pipeline);
      const isStarted = starters.length > 0;
      return judge(isStarted, {
        seen: isStarted
          ? `The rule ${starters[0]} starts ${pipeline.name}.`
          : `No enabled rule starts ${pipeline.name} when release.zip is put.`,
        wanted: started,
        where: 'EventBridge, Rules (default bus): pattern, target and its role',
        proof: {
          call: 'events:ListRuleNamesByTarget',
          resource: pipelineArn(account, pipeline.name),
          path: 'rules whose pattern matches and whose role may start it',
          expected: 'one or more',
          actual: starters.join(', ') || 'not one',
        },
      });
    }),
};

export const approvalTellsTheTopic: Check = {
  title: 'Who approves is told by the approvals topic',
  task: 'b',
  points: 4,
  needs: ['pipelineAsksBeforeItDeploys'],
  reads: [...pipelineReads, 'iam:SimulatePrincipalPolicy'],
  objective: 'Let a pipeline that waits say so.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const topic = output(account, 'ApprovalsTopicArn');
      const { name, told, role } = approvalIn(pipeline);
      const allowed = await allowedOn(account, role, { action: 'sns:Publish', resources: [topic] });
      const isAllowed = allowed.length > 0;
      return judge(told === topic && isAllowed, {
        seen: `${name} tells ${told ?? 'nobody'}, and ${role} may ${isAllowed ? '' : 'not '}publish to ${topic}.`,
        wanted: `NotificationArn ${topic}, and sns:Publish on it for the role of the pipeline.`,
        where: `${where}, the approval action; IAM, ${role}`,
        proof: {
          call: 'codepipeline:GetPipeline',
          resource: pipeline.name,
          path: 'pipeline.stages[].actions[].configuration.NotificationArn',
          expected: topic,
          actual: told ?? 'not set',
        },
      });
    }),
};

export const pipelineDeploysTheStack: Check = {
  title: 'The last stage updates the stack lab-01-orders through CloudFormation',
  task: 'b',
  points: 4,
  needs: ['pipelineAsksBeforeItDeploys'],
  reads: pipelineReads,
  objective: 'Let CloudFormation release a function, because no pipeline action of CodeDeploy can.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const deploys = actionsBy(pipeline, 'Deploy', 'CloudFormation');
      const stacks = deploys.map(({ action }) => action.configuration?.['StackName']);
      const wanted = ordersStack(account);
      return judge(stacks.includes(wanted), {
        seen: `${pipeline.name} deploys ${stacks.join(', ')}.`,
        wanted: `An action of the provider CloudFormation on the stack ${wanted}.`,
        where,
        proof: {
          call: 'codepipeline:GetPipeline',
          resource: pipeline.name,
          path: 'pipeline.stages[].actions[].configuration.StackName',
          expected: wanted,
          actual: stacks.join(', '),
        },
      });
    }),
};

// --- internal ---

const started =
  'PollForSourceChanges false, and a rule on Object Created of release.zip with the pipeline as target and a role that may start it.';

/** The approval, whom it tells and as whom. */
function approvalIn(pipeline: PipelineDeclaration) {
  const approval = actionsBy(pipeline, 'Approval', 'Manual')[0]?.action;
  const { configuration = {}, roleArn, name = '' } = approval ?? {};
  return { name, told: configuration['NotificationArn'], role: roleArn ?? pipeline.roleArn ?? '' };
}

/** What is wrong with the source, if anything. */
function pollingOf(account: Account, pipeline: PipelineDeclaration) {
  const [source] = sourcesOf(pipeline, output(account, 'ReleasesBucketName'));
  const { PollForSourceChanges: polls, S3ObjectKey: key } = source?.action.configuration ?? {};
  if (key === 'release.zip' && polls === 'false') return undefined;
  const told = polls ?? 'not set, which is true';
  return {
    seen: `${pipeline.name} watches ${key} with PollForSourceChanges ${told}.`,
    proof: {
      call: 'codepipeline:GetPipeline',
      resource: pipeline.name ?? '',
      path: 'pipeline.stages[0].actions[0].configuration.PollForSourceChanges',
      expected: 'false',
      actual: told,
    },
  };
}

function stagesOf(account: Account, pipeline: PipelineDeclaration) {
  const bucket = output(account, 'ReleasesBucketName');
  const last = (placed: Placed[]) => placed.at(-1);
  return [
    { what: 'source in', found: sourcesOf(pipeline, bucket)[0] },
    { what: 'build in', found: actionsBy(pipeline, 'Build', 'CodeBuild')[0] },
    { what: 'approval in', found: last(actionsBy(pipeline, 'Approval', 'Manual')) },
    { what: 'deployment in', found: actionsBy(pipeline, 'Deploy', 'CloudFormation')[0] },
  ];
}
