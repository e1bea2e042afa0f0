import { parseArn } from '../../arn';
import type { RuleSettings, Target } from '../../../sdk/codestar-notifications/api';
import { eventTypeOf } from './event-types';
import { checkOneOf, constraint, invalid } from './errors';
import { table } from '../../table';

// Texts of the refusals in this file are unverified.

const sourceOf: Record<string, string> = table({
  codebuild: 'CodeBuild',
  codedeploy: 'CodeDeploy',
  codepipeline: 'CodePipeline',
});

const name = String.raw`[A-Za-z0-9\-_ ]+$`;

/** What a rule may say of itself; `resource` decides which event types it may name. */
export function checkRule(settings: RuleSettings, resource: string): void {
  checkName(settings.Name);
  checkOneOf(settings.Status, 'status', ['ENABLED', 'DISABLED']);
  checkOneOf(settings.DetailType, 'detailType', ['BASIC', 'FULL']);
  const { EventTypeIds = [], Targets = [] } = settings;
  checkEventTypes(EventTypeIds, resource);
  if (Targets.length > 10) throw invalid('A notification rule has at most 10 targets.');
  Targets.forEach(checkTarget);
}

function checkName(value: string | undefined): void {
  if (value === undefined) return;
  if (!new RegExp(`^${name}`).test(value))
    throw constraint(value, 'name', `satisfy regular expression pattern: ${name}`);
  if (value.length > 64) throw constraint(value, 'name', 'have length less than or equal to 64');
}

/** Members that a new rule must have, as the API spells them. */
export function checkComplete(input: Record<string, unknown>): void {
  const missing = ['Name', 'EventTypeIds', 'Resource', 'Targets', 'DetailType'].find(
    (member) => input[member] === undefined,
  );
  if (missing === undefined) return;
  throw constraint(undefined, missing.charAt(0).toLowerCase() + missing.slice(1), 'not be null');
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
  if (TargetType.startsWith('AWSChatbot'))
    throw invalid(`Targets of type ${TargetType} (chat clients) are not emulated.`);
  if (TargetType !== 'SNS') throw invalid(`${TargetType} is not a type of target.`);
  if (parseArn(TargetAddress)?.service !== 'sns')
    throw invalid(`${TargetAddress} is not the ARN of a topic.`);
}
