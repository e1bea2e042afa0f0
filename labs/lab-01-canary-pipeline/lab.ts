import { defineLab } from '../../checker/lab';
import { releases } from './release/by-hand';
import { deliver, settle } from './release/settle';
import { tasks } from './tasks';
import { cleanUp } from './scene/clean-up';
import { install } from './scene/install';

export default defineLab({
  title: 'A release goes out all at once',
  domain: 1,
  minutes: 130,
  difficulty: 'advanced',
  cost: {
    usdPerHour: 0.03,
    source:
      'CodePipeline V2: 0.002 USD a minute of an action; CodeBuild general1.small: 0.005 USD a minute; an alarm 0.10 USD a month; about four releases an hour',
    checked: '2026-11-25',
  },
  targets: ['emulator', 'aws'],
  complete: true,
  order: 6,
  free: {
    ProjectName: "member of CodePipeline's CodeBuild action",
    NotificationArn: "member of CodePipeline's approval action",
    RESOURCE: 'filter of notification rules',
    ACTIVE: 'status of a target of a notification rule',
    PENDING: 'status of a target of a notification rule',
    'codepipeline-pipeline-pipeline-execution-failed': 'type of event of notification rules',
    'codepipeline-pipeline-stage-execution-failed': 'type of event of notification rules',
    'codepipeline-pipeline-action-execution-failed': 'type of event of notification rules',
    tea: 'what the guard orders, as any customer may',
    '1s': 'how long a drill waits',
    '60s': 'how long a drill waits',
  },
  cleanUp,
  files: { folder: 'orders', install, deliver, settle },
  releases,
  leaves: {
    'AWS::Lambda::Function': 'the code of the last release that went out stays',
    'AWS::Lambda::Version': 'a published version cannot be taken back',
    'AWS::Lambda::Alias': 'live stays on the last sound release',
    'AWS::CloudFormation::Stack': 'the stack of the service knows the last release',
    'AWS::CodeDeploy::DeploymentGroup': 'it knows its last deployments',
    'AWS::CodePipeline::Pipeline': 'its executions stay',
    'AWS::Logs::LogGroup': 'builds and functions have written logs',
  },
  tasks,
});
