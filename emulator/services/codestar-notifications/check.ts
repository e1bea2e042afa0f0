import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import type { RuleSettings, Target } from './api';
import { eventTypeOf } from './event-types';
import { ValidationException } from './model';

// Texts of the refusals in this file are unverified.
const invalid = (message: string) => refuse(ValidationException, message);

const sourceOf: Record<string, string> = {
  codebuild: 'CodeBuild',
  codedeploy: 'CodeDeploy',
  codepipeline: 'CodePipeline',
};

/** What a rule may say of itself; `resource` decides which event types it may name. */
export function checkRule(settings: RuleSettings, resource: string): void {
  const { Name, Status = 'ENABLED', DetailType, EventTypeIds = [], Targets = [] } = settings;
  if (Name !== undefined && !/^[A-Za-z0-9\-_ ]{1,64}$/.test(Name))
    throw invalid(`${Name} is not the name of a notification rule.`);
  if (!/^(ENABLED|DISABLED)$/.test(Status)) throw invalid(`${Status} is not a status of a rule.`);
  if (DetailType !== undefined && !/^(BASIC|FULL)$/.test(DetailType))
    throw invalid(`${DetailType} is not a detail type.`);
  checkEventTypes(EventTypeIds, resource);
  if (Targets.length > 10) throw invalid('A notification rule has at most 10 targets.');
  Targets.forEach(checkTarget);
}

/** Members that a new rule must have. */
export function checkComplete(input: Record<string, unknown>): void {
  const missing = ['Name', 'EventTypeIds', 'Resource', 'Targets', 'DetailType'].find(
    (name) => input[name] === undefined,
  );
  if (missing !== undefined) throw invalid(`${missing} is required.`);
}

function checkEventTypes(ids: readonly string[], resource: string): void {
  const { service = '' } = parseArn(resource) ?? {};
  const source = sourceOf[service];
  if (service === 'codecommit')
    throw invalid('Notification rules of CodeCommit repositories are not emulated.');
  if (!source)
    throw invalid(`${resource} is no pipeline, build project or CodeDeploy application.`);
  const wrong = ids.find((id) => eventTypeOf(id)?.ServiceName !== source);
  if (wrong !== undefined) throw invalid(`${wrong} is not an event type of ${resource}.`);
}

/** Only topics; a target without a type is one, too. */
export function checkTarget({ TargetType = 'SNS', TargetAddress = '' }: Target): void {
  if (/^AWSChatbot/.test(TargetType))
    throw invalid(`Targets of type ${TargetType} (chat clients) are not emulated.`);
  if (TargetType !== 'SNS') throw invalid(`${TargetType} is not a type of target.`);
  if (parseArn(TargetAddress)?.service !== 'sns')
    throw invalid(`${TargetAddress} is not the ARN of a topic.`);
}
