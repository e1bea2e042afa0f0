import {
  InvalidParameterValueException,
  NoAvailableConfigurationRecorderException,
  NoSuchConfigRuleException,
  type ConfigRule,
} from '@aws-sdk/client-config-service';
import { refuse } from '../../refuse';
import { checkLength } from './constraints';
import { managedRules } from './managed-rules';
import type { ManagedRule } from './managed-rules/managed-rule';
import type { ConfigState, Rule } from './state';

export const invalid = (message: string) => refuse(InvalidParameterValueException, message);

export function requireRule(name: string, { rules }: ConfigState): Rule {
  const rule = rules.get(name);
  if (rule) return rule;
  throw refuse(
    NoSuchConfigRuleException,
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
  );
}

/** The rules asked for; without names, all. */
export function chosenRules(names: string[] = [], state: ConfigState): Rule[] {
  checkLength(names, 'configRuleNames', 25);
  return names.length > 0
    ? names.map((name) => requireRule(name, state))
    : [...state.rules.values()];
}

function managedRuleFor({ Source }: ConfigRule): ManagedRule {
  const { Owner: owner, SourceIdentifier: identifier = '', SourceDetails: details } = Source ?? {};
  if (owner !== 'AWS') throw invalid(`config rules of owner ${owner} are not emulated`);
  if (details?.length) {
    throw invalid(
      'SourceDetails should be null/empty if the owner is AWS. SourceDetails should be provided if the owner is CUSTOM_LAMBDA',
    );
  }
  const managed = managedRules[identifier];
  if (!managed) throw invalid(`the managed config rule ${identifier} is not emulated`);
  return managed;
}

const scopeRules: [(scope: NonNullable<ConfigRule['Scope']>) => boolean, string][] = [
  [
    ({ TagKey, TagValue }) => !TagKey && TagValue !== undefined,
    'Tag key should not be empty when tag value is provided in scope',
  ],
  [
    ({ TagKey, ComplianceResourceTypes: types = [], ComplianceResourceId: id }) =>
      Boolean(TagKey) && (types.length > 0 || id !== undefined),
    'Scope cannot be applied to both resource and tag',
  ],
  [
    ({ ComplianceResourceTypes: types = [], ComplianceResourceId: id }) =>
      id !== undefined && types.length !== 1,
    'A single resourceType should be provided when resourceId is provided in scope',
  ],
];

function readParameters(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null) return read as Record<string, unknown>;
  } catch {
    // Refused below, as everything that is not a JSON object.
  }
  throw invalid(`Invalid json ${text} passed in the InputParameters field`);
}

function checkParameters({ InputParameters: text = '{}' }: ConfigRule, managed: ManagedRule): void {
  const { parameters = {} } = managed;
  const given = readParameters(text);
  if (Object.keys(given).some((name) => !(name in parameters))) {
    throw invalid(`Unknown parameters provided in the inputParameters: ${text}`);
  }
  const missing = Object.keys(parameters).filter(
    (name) => parameters[name]?.required && !(name in given),
  );
  if (missing.length > 0) {
    throw invalid(
      `The required parameter [${missing.join(', ')}] is not present in the inputParameters`,
    );
  }
  checkValues(given, parameters);
}

function checkValues(
  given: Record<string, unknown>,
  parameters: NonNullable<ManagedRule['parameters']>,
): void {
  for (const [name, value] of Object.entries(given)) {
    const pattern = parameters[name]?.pattern;
    // The text is not verified.
    if (pattern && !pattern.test(String(value))) {
      throw invalid(`Invalid value ${String(value)} for the parameter ${name}`);
    }
  }
}

/** Refuses a rule that AWS, or this emulator, does not take. */
export function checkRule(given: ConfigRule, { recorder }: ConfigState): void {
  if (!recorder) {
    throw refuse(
      NoAvailableConfigurationRecorderException,
      'You must create a configuration recorder before you can create or update a Config rule.',
    );
  }
  const managed = managedRuleFor(given);
  const broken = scopeRules.find(([breaks]) => breaks(given.Scope ?? {}));
  if (broken) throw invalid(broken[1]);
  checkParameters(given, managed);
  if (given.EvaluationModes?.some(({ Mode }) => Mode === 'PROACTIVE')) {
    throw invalid('config rules of evaluation mode PROACTIVE are not emulated');
  }
}
