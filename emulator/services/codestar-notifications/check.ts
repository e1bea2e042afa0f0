import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import type { RuleSettings, Target } from '../../../sdk/codestar-notifications/api';
import { eventTypeOf } from './event-types';
import { ValidationException } from '../../../sdk/codestar-notifications';

// Texts of the refusals in this file are unverified.
const invalid = (message: string) => refuse(ValidationException, message);

const sourceOf: Record<string, string> = {
  codebuild: 'CodeBuild',
  codedeploy: 'CodeDeploy',
  codepipeline: 'CodePipeline',
};

const forms: [name: 'Name' | 'Status' | 'DetailType', form: RegExp, what: string][] = [
  ['Name', /^[A-Za-z0-9\-_ ]{1,64}$/, 'the name of a notification rule'],
  ['Status', /^(ENABLED|DISABLED)$/, 'a status of a rule'],
  ['DetailType', /^(BASIC|FULL)$/, 'a detail type'],
];

/** What a rule may say of itself; `resource` decides which event types it may name. */
export function checkRule(settings: RuleSettings, resource: string): void {
  for (const [name, form, what] of forms) {
    const value = settings[name];
    if (value !== undefined && !form.test(value)) throw invalid(`${value} is not ${what}.`);
  }
  const { EventTypeIds = [], Targets = [] } = settings;
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
  if (TargetType.startsWith('AWSChatbot'))
    throw invalid(`Targets of type ${TargetType} (chat clients) are not emulated.`);
  if (TargetType !== 'SNS') throw invalid(`${TargetType} is not a type of target.`);
  if (parseArn(TargetAddress)?.service !== 'sns')
    throw invalid(`${TargetAddress} is not the ARN of a topic.`);
}
