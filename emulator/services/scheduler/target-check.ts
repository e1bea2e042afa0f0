import type { Target } from '@aws-sdk/client-scheduler';
import { type Arn, parseArn } from '../../arn';
import { parseJson } from '../../json';
import { checkRange, invalid } from './errors';
import type { SchedulerCall } from './state';
import { templateOf } from './targets';
import { apiOf, readUniversal } from './targets/universal';

/** Parameters of templated targets, with the service that each belongs to. */
const parameters = {
  EcsParameters: 'ecs',
  EventBridgeParameters: 'events',
  KinesisParameters: 'kinesis',
  SageMakerPipelineParameters: 'sagemaker',
  SqsParameters: 'sqs',
} as const;

/** Refuses what AWS refuses of a target, and by name what is not emulated. */
export function checkTarget(target: Target, call: SchedulerCall): void {
  const arn = parseArn(target.Arn ?? '');
  if (!arn) throw invalid('Provided Arn is not in correct format.');
  checkParameters(target, arn);
  if (arn.service === 'scheduler') checkUniversal(target, call);
  else checkTemplated(target, arn, call);
  if (target.Input !== undefined && parseJson(target.Input) === undefined)
    throw invalid('JSON syntax error in input for the target');
  checkRetries(target);
  checkDeadLetters(target);
}

function checkParameters(target: Target, { service }: Arn): void {
  for (const [name, owner] of Object.entries(parameters)) {
    if (target[name as keyof typeof parameters] !== undefined && owner !== service)
      throw invalid(`Parameters ${name} not supported for the target`);
  }
  for (const name of ['EventBridgePutEventsV2Parameters', 'EventBridgePutRawEventsParameters'])
    if (target[name as keyof Target] !== undefined) throw invalid(`${name} is not emulated.`);
}

function checkUniversal(target: Target, call: SchedulerCall): void {
  const universal = readUniversal(target.Arn ?? '');
  if (!universal) throw invalid('scheduler is not a supported service for a target');
  const { service, action, isReadOnly } = universal;
  if (isReadOnly) throw invalid(`${action} API is not supported`);
  if (target.Input === undefined)
    throw invalid('You must provide an input to set this target for your schedule');
  if (!apiOf(universal, call)) throw invalid(`The target ${service}:${action} is not emulated.`);
}

function checkTemplated(target: Target, arn: Arn, call: SchedulerCall): void {
  const template = templateOf(target.Arn ?? '');
  if (!template || !call.offers(template.service))
    throw invalid(`The target ${target.Arn} is not emulated.`);
  if (arn.region !== call.region)
    throw invalid(`The target ARN provided does not match the current region ${call.region}.`);
  checkOwnParameters(target, arn);
}

function checkOwnParameters(target: Target, arn: Arn): void {
  const needed = neededParameters(arn);
  if (needed && target[needed] === undefined)
    throw invalid(`Parameters ${needed} must be specified`);
  if (target.SqsParameters?.MessageGroupId !== undefined && needed !== 'SqsParameters')
    throw invalid('Parameters MessageGroupId not valid for the target');
}

function neededParameters({ service, resource }: Arn): keyof typeof parameters | undefined {
  if (service === 'sqs' && resource.endsWith('.fifo')) return 'SqsParameters';
  return service === 'events' ? 'EventBridgeParameters' : undefined;
}

function checkRetries({ RetryPolicy: policy }: Target): void {
  const { MaximumRetryAttempts: most, MaximumEventAgeInSeconds: age } = policy ?? {};
  checkRange(most, 'target.retryPolicy.maximumRetryAttempts', [0, 185]);
  checkRange(age, 'target.retryPolicy.maximumEventAgeInSeconds', [60, 86_400]);
}

function checkDeadLetters({ DeadLetterConfig: dead }: Target): void {
  if (dead?.Arn === undefined) return;
  const { service, resource = '' } = parseArn(dead.Arn) ?? {};
  // The text was not verified.
  if (service !== 'sqs' || resource.endsWith('.fifo'))
    throw invalid('The dead-letter queue must be a standard SQS queue.');
}
