import { formatError, validationError } from '../errors';
import { holds } from './condition-functions';
import { checkConditionNames } from './condition-names';
import { evaluate } from './evaluate';
import { ordered, type Dependencies } from './graph';
import { applyLanguageExtensions, NeedsConditions } from './language-extensions';
import { resourceTypeOf } from './parameter-types';
import { referenceTo, type ParameterValue } from './parameters';
import { withPrecedence } from './precedence';
import { referencesIn } from './references';
import { withPolicies } from './resolved-policies';
import { noValue, type ParameterFact, type Scope } from './scope';
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
  /** By parameter, what the values of AWS-specific types name. */
  facts: Map<string, ParameterFact[]>;
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
  /** Why nothing of it can be deployed, found out only once the stack or the change set is there. */
  refusal?: string;
}

/** Applies the transform, evaluates conditions and sorts the resources. */
export function createModel(
  template: Template,
  parameters: ParameterValue[],
  environment: Environment,
): Model {
  const given = { parameters, environment };
  if (template.Transform.length === 0) return build({ ...given, template });
  try {
    const scope = scopeOf({ ...given, template, isTrue: noConditions }, nothingYet);
    return build({ ...given, template: applyLanguageExtensions(template, scope) });
  } catch (error) {
    return refused({ ...given, template }, error instanceof Error ? error.message : String(error));
  }
}

function noConditions(): never {
  throw new NeedsConditions();
}

type Given = Pick<Model, 'template' | 'parameters' | 'environment'>;

/** A model that asks for nothing and says why. */
export function refused({ template, parameters, environment }: Given, refusal: string): Model {
  const nothing = { Conditions: {}, Resources: {}, Outputs: {}, Rules: {} };
  return { ...build({ template: { ...template, ...nothing }, parameters, environment }), refusal };
}

function build({ template, parameters, environment }: Given): Model {
  checkConditionNames(template);
  const unfinished = { template, parameters, environment, isTrue };
  const known = new Map<string, boolean>();
  const underway = new Set<string>();
  function isTrue(name: string): boolean {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (underway.has(name)) throw circular([...underway]);
    underway.add(name);
    const value = holds(template.Conditions[name], functionScope(unfinished, noResources));
    underway.delete(name);
    known.set(name, value);
    return value;
  }
  const scope = scopeOf(unfinished, nothingYet);
  const resources = new Map(
    Object.entries(template.Resources)
      .filter(([, { Condition: condition }]) => condition === undefined || isTrue(condition))
      .map(([logicalId, resource]) => [logicalId, withPolicies(logicalId, resource, scope)]),
  );
  const dependencies = withPrecedence(dependenciesOf(resources, isTrue), resources);
  return { ...unfinished, resources, dependencies, order: ordered(dependencies) };
}

// Text not verified against AWS.
const circular = (names: string[]): Error =>
  formatError(`Found circular condition dependency between [${names.join(', ')}]`);

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
      const { Properties, Metadata, UpdatePolicy } = resource;
      const implied = referencesIn([Properties, Metadata, UpdatePolicy], isTrue);
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
    parametersOf: (type) =>
      Object.entries(template.Parameters)
        .filter(([, parameter]) => resourceTypeOf(parameter.Type) === type)
        .map(([name]) => name),
    factsOf: (parameter) => environment.facts.get(parameter) ?? [],
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
