import { InvalidRevisionException } from '@aws-sdk/client-codedeploy';
import { parse } from 'yaml';
import { refuse } from '../../refuse';

/** What an AppSpec of the Lambda platform says (FACTS C1.5). */
export interface AppSpec {
  functionName: string;
  alias: string;
  currentVersion: string;
  targetVersion: string;
  /** Names or ARNs of hook functions. */
  hooks: { BeforeAllowTraffic?: string; AfterAllowTraffic?: string };
}

/** Reads YAML or JSON; anything that is no AppSpec for Lambda is AWS's InvalidRevisionException. */
export function readAppSpec(text: string): AppSpec {
  const document = asObject(parsed(text));
  const resources = list(document['Resources'] ?? document['resources']);
  if (resources.length !== 1) throw invalid('The AppSpec file must contain exactly one resource.');
  const [resource] = Object.values(asObject(resources[0]));
  const { Type, Properties } = asObject(resource);
  if (Type !== 'AWS::Lambda::Function')
    throw invalid('The resource in the AppSpec file must be of type AWS::Lambda::Function.');
  const properties = asObject(Properties);
  return {
    functionName: textIn(properties, 'Name'),
    alias: textIn(properties, 'Alias'),
    currentVersion: version(properties, 'CurrentVersion'),
    targetVersion: version(properties, 'TargetVersion'),
    hooks: hooksOf(document['Hooks'] ?? document['hooks']),
  };
}

/** The AppSpec as AWS shows a revision that it wrote itself, such as a rollback's. */
export const writeAppSpec = (spec: AppSpec): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [spec.functionName]: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Name: spec.functionName,
            Alias: spec.alias,
            CurrentVersion: spec.currentVersion,
            TargetVersion: spec.targetVersion,
          },
        },
      },
    ],
    ...(Object.keys(spec.hooks).length > 0
      ? { Hooks: Object.entries(spec.hooks).map(([name, hook]) => ({ [name]: hook })) }
      : {}),
  });

// Texts unverified.
const invalid = (message: string): Error => refuse(InvalidRevisionException, message);

function parsed(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw invalid(`The AppSpec file cannot be read: ${reason}`);
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('The AppSpec file does not have the form that the Lambda platform expects.');
  return value as Record<string, unknown>;
}

function textIn(properties: Record<string, unknown>, name: string): string {
  const value = properties[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`The AppSpec file lacks the property ${name}.`);
}

function version(properties: Record<string, unknown>, name: string): string {
  const value = properties[name];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && /^[1-9]\d*$/.test(text)) return text;
  throw invalid(`The property ${name} in the AppSpec file must be a positive integer.`);
}

function hooksOf(value: unknown): AppSpec['hooks'] {
  const entries = list(value).flatMap((each) => Object.entries(asObject(each)));
  const unknown = entries.find(([name]) => !/^(Before|After)AllowTraffic$/.test(name));
  if (unknown) throw invalid(`${unknown[0]} is no lifecycle event hook of a Lambda deployment.`);
  return Object.fromEntries(
    entries.flatMap(([name, hook]) =>
      typeof hook === 'string' && hook !== '' ? [[name, hook]] : [],
    ),
  );
}
