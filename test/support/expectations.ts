import type { Template } from 'aws-cdk-lib/assertions';
import type { Environment, Knowledge } from '../../emulator/cloudformation/template/model';

/** Where the templates are evaluated; nothing of it is anybody's own value. */
export const environment: Environment = {
  accountId: '123456789012',
  region: 'eu-west-1',
  stackName: 'lab',
  stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/lab/1',
  notificationArns: [],
  importValue: (name) => `import ${name}`,
  zones: (region) => [`${region}a`, `${region}b`],
  facts: new Map(),
};

/** What stands for resources: their names and their attributes' names. */
export const knowledge: Knowledge = {
  reference: (logicalId) => `id of ${logicalId}`,
  attribute: (logicalId, name) => `${name} of ${logicalId}`,
};

interface Resource {
  Condition?: string;
  Properties?: unknown;
}

type Found = Record<string, Resource>;

/** By type, what the CDK finds in its template, with functions as they are meant, worked out apart. */
export function expectationsOf(template: Template): [type: string, resources: Found][] {
  const { Resources: all } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  const types = [...new Set(Object.values(all).map(({ Type: type }) => type))];
  return types.map((type) => {
    const wanted = Object.entries(template.findResources(type) as Found)
      .filter(([, { Condition: name }]) => name === undefined || holds(template, name))
      .map(([logicalId, resource]): [string, Resource] => [
        logicalId,
        { ...resource, Properties: meant(template, resource.Properties ?? {}) },
      ]);
    return [type, Object.fromEntries(wanted)];
  });
}

const pseudo: Record<string, string> = {
  'AWS::AccountId': environment.accountId,
  'AWS::Region': environment.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': environment.stackName,
  'AWS::StackId': environment.stackId,
};

function meant(template: Template, node: unknown): unknown {
  const inner = (each: unknown): unknown => meant(template, each);
  if (Array.isArray(node)) return node.map(inner);
  if (typeof node !== 'object' || node === null) return node;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(node);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return callOf(template, name, inner(argument));
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inner(value)]));
}

type Meaning = (list: string[], template: Template) => unknown;

/** Enough for the labs; a lab with another function adds what it comes to. */
const meanings: Record<string, Meaning> = {
  Ref: ([name = ''], template) => referred(template, name),
  'Fn::Equals': ([one, other]) => one === other,
  'Fn::GetAtt': ([logicalId, name]) => `${name} of ${logicalId}`,
  'Fn::If': ([name = '', yes, no], template) => (holds(template, name) ? yes : no),
  'Fn::ImportValue': ([name]) => `import ${name}`,
  'Fn::Join': ([delimiter, parts = []]) => Array.from(parts).join(delimiter),
  'Fn::Select': ([index, list = []]) => list[Number(index)],
  'Fn::Split': ([delimiter = '', text = '']) => text.split(delimiter),
};

function callOf(template: Template, name: string, argument: unknown): unknown {
  const meaning = meanings[name];
  if (meaning) return meaning([argument].flat() as string[], template);
  throw new Error(`say what ${name} should come to`);
}

function referred(template: Template, name: string): unknown {
  const { Default: value } = (template.findParameters(name)[name] ?? {}) as { Default?: unknown };
  return value ?? pseudo[name] ?? `id of ${name}`;
}

const holds = (template: Template, name: string): boolean =>
  meant(template, template.findConditions(name)[name]) === true;
