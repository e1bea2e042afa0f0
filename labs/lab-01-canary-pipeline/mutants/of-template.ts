import type { Mutant } from '../../../checker/mutant';
import type SolutionStack from '../solution/stack';
import { replace } from './replace';

const inTemplate = (piece: string, by: string) => replace('template.yaml', piece, by);

const canary = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';
const live = "{ Name: Resource, Value: !Sub '${Orders}:live' }";

/** Near misses in the template of the service. */
export const templateMutants: Mutant<SolutionStack>[] = [
  {
    name: 'all at once',
    breaks: 'aTenthGoesFirst',
    says: 'CodeDeployDefault.LambdaAllAtOnce',
    files: inTemplate(canary, 'CodeDeployDefault.LambdaAllAtOnce'),
  },
  {
    name: 'linear instead of a canary',
    breaks: 'aTenthGoesFirst',
    says: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    files: inTemplate(canary, 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute'),
  },
  {
    name: 'the alias has no UpdatePolicy any more',
    breaks: 'aliasMovesByCodeDeploy',
    says: 'has no UpdatePolicy',
    files: inTemplate('UpdatePolicy:\n      CodeDeployLambdaAliasUpdate:', 'Metadata:\n      Was:'),
  },
  {
    name: 'no rollback on an alarm: the event is missing',
    breaks: 'stoppedDeploymentsGoBack',
    says: 'rolls back on DEPLOYMENT_FAILURE.',
    files: inTemplate('[DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]', '[DEPLOYMENT_FAILURE]'),
  },
  {
    name: 'the alarm is listed and alarms are off',
    breaks: 'alarmsStopADeployment',
    says: 'is false',
    files: inTemplate(
      'AlarmConfiguration:\n        Enabled: true',
      'AlarmConfiguration:\n        Enabled: false',
    ),
  },
  {
    name: 'the alarm looks at the Resource orders: $LATEST only',
    breaks: 'alarmWatchesLive',
    says: 'Resource=lab-01-orders-',
    files: inTemplate(live, '{ Name: Resource, Value: !Ref Orders }'),
  },
  {
    name: 'the alarm looks at the FunctionName alone: noise on $LATEST would stop a good release',
    breaks: 'alarmWatchesLive',
    says: 'Errors {FunctionName=lab-01-orders-',
    files: inTemplate(`        - ${live}\n`, ''),
  },
  {
    name: 'the alarm needs two periods of five minutes',
    breaks: 'alarmFiresInTime',
    says: 'needs 600 s',
    files: inTemplate(
      'Period: 60\n      EvaluationPeriods: 1\n      DatapointsToAlarm: 1',
      'Period: 300\n      EvaluationPeriods: 2\n      DatapointsToAlarm: 2',
    ),
  },
  {
    name: 'missing data counts as errors',
    breaks: 'alarmFiresInTime',
    says: 'missing data is breaching',
    files: inTemplate('TreatMissingData: notBreaching', 'TreatMissingData: breaching'),
  },
  {
    name: 'the hook asks live, not the new version',
    breaks: 'deadReleaseServesNobody',
    says: 'for a version that throws on every call',
    files: inTemplate('NEW_VERSION: !Ref OrdersVersion', "NEW_VERSION: !Sub '${Orders}:live'"),
  },
  {
    name: 'the hook has another name than the managed role may invoke',
    breaks: 'hookMayAsk',
    says: 'may not invoke',
    files: inTemplate('CodeDeployHook_${AWS::StackName}', '${AWS::StackName}-BeforeTraffic'),
  },
];
