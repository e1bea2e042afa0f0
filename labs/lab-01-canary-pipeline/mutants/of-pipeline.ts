import { type CfnResource, Fn } from 'aws-cdk-lib';
import {
  CfnNotificationRule,
  type CfnNotificationRuleProps,
} from 'aws-cdk-lib/aws-codestarnotifications';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Mutant } from '../../../checker/mutant';
import type SolutionStack from '../solution/stack';

/** The CloudFormation resource of a rule or a role. */
const raw = (construct: Pick<Rule, 'node'>): CfnResource =>
  construct.node.defaultChild as CfnResource;

const pipelineType = (event: string) => `codepipeline-pipeline-pipeline-${event}`;

/** A notification rule that takes the place of the rule on failed executions. */
function notify(stack: SolutionStack, settings: Partial<CfnNotificationRuleProps>): void {
  const { region, account, pipeline } = stack;
  stack.node.tryRemoveChild(stack.failureRule.node.id);
  new CfnNotificationRule(stack, 'Told', {
    name: 'release-failed',
    resource: `arn:aws:codepipeline:${region}:${account}:${pipeline.ref}`,
    eventTypeIds: [pipelineType('execution-failed')],
    detailType: 'BASIC',
    targets: [{ targetType: 'SNS', targetAddress: Fn.importValue('lab-01-ApprovalsTopicArn') }],
    ...settings,
  });
}

const passStatement = 'Policies.0.PolicyDocument.Statement.6';

/** Near misses in the stack of the pipeline. */
export const pipelineMutants: Mutant<SolutionStack>[] = [
  {
    name: 'the event pattern says Failed, as the API does',
    breaks: 'failuresReachTheTopic',
    says: 'none matches a failed execution',
    mutate: ({ failureRule }) =>
      raw(failureRule).addPropertyOverride('EventPattern.detail.state', ['Failed']),
  },
  {
    name: 'a notification rule instead of the rule, for executions that succeed',
    breaks: 'failuresReachTheTopic',
    says: 'none matches a failed execution',
    mutate: (stack) => notify(stack, { eventTypeIds: [pipelineType('execution-succeeded')] }),
  },
  {
    name: 'a notification rule for approvals that are rejected: not every failure is one',
    breaks: 'failuresReachTheTopic',
    says: 'none matches a failed execution',
    mutate: (stack) =>
      notify(stack, { eventTypeIds: ['codepipeline-pipeline-manual-approval-failed'] }),
  },
  {
    name: 'a notification rule that is switched off',
    breaks: 'failuresReachTheTopic',
    says: 'none matches a failed execution',
    mutate: (stack) => notify(stack, { status: 'DISABLED' }),
  },
  {
    name: 'approval after the deployment',
    breaks: 'pipelineAsksBeforeItDeploys',
    says: 'approval in Approval, deployment in Deploy',
    mutate: ({ pipeline }) => {
      const [source, build, approval, deploy] = pipeline.stages as object[];
      pipeline.stages = [source, build, deploy, approval] as typeof pipeline.stages;
    },
  },
  {
    name: 'an approval that nobody is told of',
    breaks: 'approvalTellsTheTopic',
    says: 'tells nobody',
    mutate: ({ pipeline }) =>
      pipeline.addPropertyDeletionOverride('Stages.2.Actions.0.Configuration.NotificationArn'),
  },
  {
    name: 'the source polls as well: PollForSourceChanges is true unless told',
    breaks: 'releaseStartsThePipeline',
    says: 'PollForSourceChanges not set',
    mutate: ({ pipeline }) =>
      pipeline.addPropertyDeletionOverride('Stages.0.Actions.0.Configuration.PollForSourceChanges'),
  },
  {
    name: 'the rule on the object starts nothing: it waits for another key',
    breaks: 'releaseStartsThePipeline',
    says: 'No enabled rule starts',
    mutate: ({ startRule }) =>
      raw(startRule).addPropertyOverride('EventPattern.detail.object.key', ['release/']),
  },
  {
    name: 'the pipeline may pass every role to every service',
    breaks: 'onlyTheDeployRoleIsPassed',
    says: 'may pass arn:aws:iam::',
    mutate: ({ role }) => {
      raw(role).addPropertyOverride(passStatement, {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: '*',
        Condition: undefined,
      });
    },
  },
  {
    name: 'the deploy role may be passed to any service',
    breaks: 'onlyTheDeployRoleIsPassed',
    says: 'to lambda.amazonaws.com',
    mutate: ({ role }) => raw(role).addPropertyDeletionOverride(`${passStatement}.Condition`),
  },
];
