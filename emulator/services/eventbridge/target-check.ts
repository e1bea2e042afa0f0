import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { parseJson } from '../../json';
import { checkName, checkRange, invalid } from './errors';
import { placeholder, predefinedNames } from './input';
import { isPath } from './json-path';
import type { EventBridgeCall } from './state';
import { kindOf, needsRole } from './targets';

/** Members for targets that do not exist here. */
const unsupported = [
  'AppSyncParameters',
  'BatchParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
] as const;

/** Refuses what AWS refuses of a target, and by name what is not emulated. */
export function checkTarget(target: Target, index: number, call: EventBridgeCall): void {
  const { Id: id = '', Arn: arn = '' } = target;
  const place = `targets.${index + 1}.member`;
  checkName(id, `${place}.id`);
  if (!parseArn(arn))
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  checkKind(target, call);
  checkInput(target);
  checkRetries(target, place);
}

function checkKind(target: Target, call: EventBridgeCall): void {
  checkEmulated(target, call);
  if (target.RoleArn === undefined && needsRole(target, call.accountId))
    throw invalid(`RoleArn is required for target ${target.Arn}.`);
  const refusal = kindOf(target)?.check?.(target);
  if (refusal) throw refusal;
}

function checkEmulated(target: Target, call: EventBridgeCall): void {
  const { Id: id = '', Arn: arn = '' } = target;
  const foreign = unsupported.find((name) => target[name] !== undefined);
  if (foreign) throw invalid(`${foreign} of target ${id} is not emulated.`);
  const kind = kindOf(target);
  if (!kind || !call.offers(kind.service)) throw invalid(`Target ${id}: ${arn} is not emulated.`);
}

function checkRetries({ RetryPolicy: policy, DeadLetterConfig: dead }: Target, place: string) {
  const { MaximumRetryAttempts: most, MaximumEventAgeInSeconds: age } = policy ?? {};
  checkRange(most, `${place}.retryPolicy.maximumRetryAttempts`, [0, 185]);
  checkRange(age, `${place}.retryPolicy.maximumEventAgeInSeconds`, [60, 86_400]);
  if (dead?.Arn === undefined) return;
  const { service, resource = '' } = parseArn(dead.Arn) ?? {};
  // The text was not verified.
  if (service !== 'sqs' || resource.endsWith('.fifo'))
    throw invalid(
      `Parameter DeadLetterConfig.Arn ${dead.Arn} is not valid. Reason: Must be the ARN of a standard SQS queue.`,
    );
}

function checkInput(target: Target): void {
  const { Id: id = '', Input: input, InputPath: path, InputTransformer: transformer } = target;
  if ([input, path, transformer].filter((one) => one !== undefined).length > 1)
    throw invalid(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`,
    );
  // The texts of these two were not verified.
  if (input !== undefined && parseJson(input) === undefined)
    throw invalid(`JSON syntax error in input for target ${id}`);
  if (path !== undefined && !isPath(path)) throw invalid(`Invalid InputPath for target ${id}.`);
  if (transformer) checkTransformer(id, transformer);
}

function checkTransformer(id: string, transformer: InputTransformer): void {
  const { InputPathsMap: paths = {}, InputTemplate: template = '' } = transformer;
  const odd = Object.values(paths).find((path) => !isPath(path));
  // The text was not verified.
  if (odd !== undefined) throw invalid(`Invalid InputPathsMap for target ${id}: ${odd}.`);
  const known = [...Object.keys(paths), ...predefinedNames];
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!known.includes(name))
      throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${name}.`);
  }
}
