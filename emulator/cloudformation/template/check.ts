import { formatError, templateError, validationError } from '../errors';
import { attributesOf } from '../resource-types';
import { checkConditionNames } from './condition-names';
import { evaluate } from './evaluate';
import { type Model, nothingYet, scopeOf } from './model';
import { referencesIn, type Reference } from './references';
import { checkRules } from './rules';
import { isExportName, malformedExport } from './structure-sections';
import type { ResourceDeclaration, Template } from './template';

/** Refuses a template that names what is not there, before anything is deployed. */
export function checkModel(model: Model): void {
  checkConditions(model);
  for (const resource of model.resources.values()) checkAttributes(model, resource);
  checkDependsOn(model);
  checkNames(model, [...model.resources.values()], 'Resources');
  checkNames(
    model,
    activeOutputs(model).map(([, output]) => output),
    'Outputs',
  );
  checkRules(model.template, scopeOf(model, nothingYet));
  rehearse(model);
}

/** Outputs whose condition holds. */
export const activeOutputs = ({ template, isTrue }: Model) =>
  Object.entries(template.Outputs).filter(
    ([, { Condition: condition }]) => condition === undefined || isTrue(condition),
  );

/** Refuses what names nothing, whatever the values of parameters will be. */
export function checkMentions(template: Template): void {
  const { Resources: resources, Parameters: parameters } = template;
  // What loops make is known only with values.
  if (template.Transform.length > 0) return;
  checkConditionNames(template);
  const isThere = (name: string): boolean =>
    name.startsWith('AWS::') || Object.hasOwn(resources, name) || Object.hasOwn(parameters, name);
  for (const block of ['Resources', 'Outputs'] as const) {
    const mentioned = referencesIn(Object.values(template[block]).map(withoutMetadata));
    const missing = mentioned.map(({ name }) => name).filter((name) => !isThere(name));
    refuseMissing(missing, block);
  }
}

function checkConditions({ template, isTrue }: Model): void {
  for (const name of Object.keys(template.Conditions)) isTrue(name);
}

function checkAttributes({ template, isTrue }: Model, resource: ResourceDeclaration): void {
  for (const { name, attribute, byAttribute } of referencesIn(resource.Properties, isTrue)) {
    if (byAttribute) checkAttribute(template.Resources[name], name, attribute);
  }
}

function checkAttribute(
  target: ResourceDeclaration | undefined,
  name: string,
  attribute: string | undefined,
): void {
  if (!target) {
    throw templateError(`instance of Fn::GetAtt references undefined resource ${name}`);
  }
  const known = attributesOf(target.Type);
  if (attribute === undefined || !known || known.includes(attribute)) return;
  throw templateError(
    `resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

function checkDependsOn(model: Model): void {
  const named = [...model.resources.values()].flatMap(({ DependsOn: on = [] }) => on);
  // A DependsOn on a resource whose condition does not hold is simply dropped.
  const missing = named.filter((name) => !Object.hasOwn(model.template.Resources, name));
  refuseMissing(missing, 'Resources');
}

function checkNames(model: Model, nodes: unknown[], block: string): void {
  const { parameter } = scopeOf(model, nothingYet);
  const isResolved = ({ name, byAttribute }: Reference): boolean =>
    model.resources.has(name) || (!byAttribute && parameter(name) !== undefined);
  const missing = referencesIn(nodes.map(withoutMetadata), model.isTrue)
    .filter((reference) => !isResolved(reference))
    .map(({ name }) => name);
  refuseMissing(missing, block);
}

function refuseMissing(names: string[], block: string): void {
  if (names.length === 0) return;
  const list = [...new Set(names)].join(', ');
  const message = `Unresolved resource dependencies [${list}] in the ${block} block of the template`;
  // CloudFormation leaves its prefix out where it speaks of the outputs.
  throw block === 'Outputs' ? validationError(message) : formatError(message);
}

function withoutMetadata(node: unknown): unknown {
  return typeof node === 'object' && node !== null ? { ...node, Metadata: {} } : node;
}

/** Runs every function once, so that a wrong index or a missing mapping shows up now. */
function rehearse(model: Model): void {
  const scope = scopeOf(model, nothingYet);
  for (const { Properties: properties = {} } of model.resources.values()) {
    evaluate(properties, scope);
  }
  for (const [name, { Value: value, Export: exported }] of activeOutputs(model)) {
    evaluate(value, scope);
    if (exported && !isExportName(evaluate(exported.Name, scope))) throw malformedExport(name);
  }
}
