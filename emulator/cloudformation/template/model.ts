import { validationError } from '../errors';
import { holds } from './condition-functions';
import { evaluate } from './evaluate';
import { ordered, type Dependencies } from './graph';
import { referenceTo, type ParameterValue } from './parameters';
import { referencesIn } from './references';
import { noValue, type Scope } from './scope';
import type { ResourceDeclaration, Template } from './template';
import { Unknown } from './unknown';

/** The stack and the place that a template is evaluated for. */
export interface Environment {
  accountId: string;
  region: string;
  stackName: string;
  stackId: string;
  notificationArns: string[];
  /** Value of an export, Unknown while nobody asks for it in earnest. */
  importValue: (name: string) => unknown;
  zones: (region: string) => string[];
}

/** What Ref and Fn::GetAtt answer for resources, which only a deployment knows. */
export type Knowledge = Pick<Scope, 'reference' | 'attribute'>;

/** Before a deployment every resource is unknown. */
export const nothingYet: Knowledge = {
  reference: (entity) => new Unknown([{ source: 'ResourceReference', entity }]),
  attribute: (logicalId, name) =>
    new Unknown([{ source: 'ResourceAttribute', entity: `${logicalId}.${name}` }]),
};

/** A template with its parameters: what is active, and what depends on what. */
export interface Model {
  template: Template;
  parameters: ParameterValue[];
  environment: Environment;
  isTrue: (condition: string) => boolean;
  /** Resources whose condition holds, in the template's order. */
  resources: Map<string, ResourceDeclaration>;
  dependencies: Dependencies;
  /** Everything after what it depends on. */
  order: string[];
}

/** Evaluates conditions and sorts the resources. */
export function createModel(
  template: Template,
  parameters: ParameterValue[],
  environment: Environment,
): Model {
  const known = new Map<string, boolean>();
  const unfinished = { template, parameters, environment, isTrue };
  function isTrue(name: string): boolean {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (!Object.hasOwn(template.Conditions, name)) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${name} in the Resources block of the template`,
      );
    }
    known.set(name, false);
    const value = holds(template.Conditions[name], functionScope(unfinished, noResources));
    known.set(name, value);
    return value;
  }
  const resources = new Map(
    Object.entries(template.Resources).filter(
      ([, { Condition: condition }]) => condition === undefined || isTrue(condition),
    ),
  );
  const dependencies = dependenciesOf(resources, isTrue);
  return { ...unfinished, resources, dependencies, order: ordered(dependencies) };
}

const noResources: Knowledge = { reference: refuse, attribute: refuse };

function refuse(name: string): never {
  throw validationError(
    `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`,
  );
}

function dependenciesOf(
  resources: Map<string, ResourceDeclaration>,
  isTrue: (condition: string) => boolean,
): Dependencies {
  return new Map(
    [...resources].map(([logicalId, resource]) => {
      const named = [resource.DependsOn ?? []].flat();
      const implied = referencesIn([resource.Properties, resource.Metadata], isTrue);
      const all = [...named, ...implied.map(({ name }) => name)];
      return [logicalId, new Set(all.filter((name) => resources.has(name)))];
    }),
  );
}

type Unfinished = Pick<Model, 'template' | 'parameters' | 'environment' | 'isTrue'>;

/** The scope in which a model's pieces are evaluated. */
export function scopeOf(model: Unfinished, knowledge: Knowledge): Scope {
  const { template, parameters, environment, isTrue } = model;
  const values = new Map<string, unknown>(parameters.map((each) => [each.key, referenceTo(each)]));
  for (const [name, value] of pseudoParameters(environment)) values.set(name, value);
  return {
    ...knowledge,
    parameter: (name) => values.get(name),
    condition: isTrue,
    mappings: template.Mappings,
    importValue: environment.importValue,
    zones: environment.zones,
  };
}

function functionScope(model: Unfinished, knowledge: Knowledge) {
  const scope = scopeOf(model, knowledge);
  return { ...scope, evaluate: (node: unknown) => evaluate(node, scope) };
}

const pseudoParameters = (environment: Environment): [string, unknown][] => [
  ['AWS::AccountId', environment.accountId],
  ['AWS::NotificationARNs', environment.notificationArns],
  ['AWS::NoValue', noValue],
  ['AWS::Partition', 'aws'],
  ['AWS::Region', environment.region],
  ['AWS::StackId', environment.stackId],
  ['AWS::StackName', environment.stackName],
  ['AWS::URLSuffix', 'amazonaws.com'],
];
