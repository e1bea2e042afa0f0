import type {
  RemediationConfiguration,
  RemediationParameterValue,
} from '@aws-sdk/client-config-service';
import type { DocumentParameter } from '@aws-sdk/client-ssm';
import { invalid } from '../rule-input';
import type { ConfigCall } from '../state';
import { ssmFor } from './automatic';

type Parameters = Record<string, RemediationParameterValue>;

const roleArn = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

// The texts of the refusals below are not verified, save the one on parameter values.
function checkValues(rule: string, parameters: Parameters): void {
  const bad = Object.values(parameters).some(
    ({ ResourceValue, StaticValue }) =>
      (ResourceValue === undefined) === (StaticValue === undefined),
  );
  if (!bad) return;
  throw invalid(
    `There were invalid RemediationParameterValues for configurations for AWS Config Rules: [${rule}]`,
  );
}

function checkAutomatic(given: RemediationConfiguration, parameters: Parameters): void {
  const { ConfigRuleName: rule, MaximumAutomaticAttempts, RetryAttemptSeconds } = given;
  const { Values: [role = '', ...others] = [] } =
    parameters['AutomationAssumeRole']?.StaticValue ?? {};
  if (!roleArn.test(role) || others.length > 0) {
    throw invalid(
      `Automatic remediation for AWS Config Rule ${rule} requires the parameter AutomationAssumeRole with one static role ARN.`,
    );
  }
  if (![MaximumAutomaticAttempts, RetryAttemptSeconds].every(Boolean)) {
    throw invalid(
      `Automatic remediation for AWS Config Rule ${rule} requires MaximumAutomaticAttempts and RetryAttemptSeconds.`,
    );
  }
}

async function targetParameters(
  { ConfigRuleName: rule = '', TargetId, TargetVersion }: RemediationConfiguration,
  call: ConfigCall,
): Promise<DocumentParameter[]> {
  try {
    const { Document } = await ssmFor(rule, call).describeDocument({
      Name: TargetId,
      DocumentVersion: TargetVersion,
    });
    return Document?.Parameters ?? [];
  } catch {
    throw invalid(`The target ${TargetId} of AWS Config Rule ${rule} is not an SSM document.`);
  }
}

function checkNames(rule: string, parameters: Parameters, declared: DocumentParameter[]): void {
  const names = declared.map(({ Name }) => Name);
  const unknown = Object.keys(parameters).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalid(`The parameter ${unknown} for AWS Config Rule ${rule} is not in the document.`);
  }
  const missing = declared.find(
    ({ Name = '', DefaultValue }) => DefaultValue === undefined && !(Name in parameters),
  );
  if (missing) {
    throw invalid(
      `The parameter ${missing.Name} is required by the document but missing for AWS Config Rule ${rule}.`,
    );
  }
}

const ranges: ['MaximumAutomaticAttempts' | 'RetryAttemptSeconds', number][] = [
  ['MaximumAutomaticAttempts', 25],
  ['RetryAttemptSeconds', 2_678_000],
];

function checkRanges(given: RemediationConfiguration): void {
  for (const [name, most] of ranges) {
    const value = Number(given[name] ?? 1);
    if (value < 1 || value > most) {
      throw invalid(`Value '${value}' at '${name}' must be between 1 and ${most}.`);
    }
  }
}

/** Refuses a remediation that AWS does not take: see PutRemediationConfigurations. */
export async function checkRemediation(
  given: RemediationConfiguration,
  call: ConfigCall,
): Promise<void> {
  const { ConfigRuleName: rule = '', Parameters: parameters = {}, TargetType } = given;
  if (!call.state.rules.has(rule)) {
    throw invalid(`The AWS Config Rule ${rule} does not exist.`);
  }
  if (TargetType !== 'SSM_DOCUMENT') throw invalid(`The target type ${TargetType} is not valid.`);
  checkRanges(given);
  checkValues(rule, parameters);
  if (given.Automatic) checkAutomatic(given, parameters);
  checkNames(rule, parameters, await targetParameters(given, call));
}
