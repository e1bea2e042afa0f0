import { branches } from './condition-functions';
import { attributeOf, referredBy } from './functions';
import { mapOf, namesIn } from './substitute';
import { intrinsicOf } from './template';

/** One mention of a name by Ref, Fn::GetAtt or Fn::Sub. */
export interface Reference {
  name: string;
  /** Set for Fn::GetAtt and `${Name.Attribute}`; not when the attribute is itself a function. */
  attribute?: string;
  byAttribute: boolean;
}

/**
 * Everything that a piece of a template refers to. With `condition`, only the branch of Fn::If that
 * counts is looked at, as CloudFormation does for dependencies.
 */
export function referencesIn(node: unknown, condition?: (name: string) => boolean): Reference[] {
  if (typeof node !== 'object' || node === null) return [];
  const [name, argument] = intrinsicOf(node) ?? [''];
  return [
    ...mentioned(name, argument),
    ...inside(node, condition).flatMap((inner) => referencesIn(inner, condition)),
  ];
}

/** What a function itself refers to. */
function mentioned(name: string, argument: unknown): Reference[] {
  if (name === 'Ref') return [{ name: referredBy(argument), byAttribute: false }];
  if (name === 'Fn::GetAtt') return [attributeReference(argument)];
  return name === 'Fn::Sub' ? namesIn(argument).map(variableReference) : [];
}

/** The pieces that may refer to something further. */
function inside(node: object, condition?: (name: string) => boolean): unknown[] {
  const [name, argument] = intrinsicOf(node) ?? [''];
  if (name === 'Fn::Sub') return [mapOf(argument)];
  if (name !== 'Fn::If') return Object.values(node);
  const [test, yes, no] = branches(argument);
  if (!condition) return [yes, no];
  return [condition(test) ? yes : no];
}

function attributeReference(argument: unknown): Reference {
  const [name, attribute] = attributeOf(argument);
  return typeof attribute === 'string'
    ? { name, attribute, byAttribute: true }
    : { name, byAttribute: true };
}

function variableReference(variable: string): Reference {
  const dot = variable.indexOf('.');
  return dot < 0
    ? { name: variable, byAttribute: false }
    : { name: variable.slice(0, dot), attribute: variable.slice(dot + 1), byAttribute: true };
}

/** Names of all conditions that Fn::If asks about. */
export function conditionsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const [name, argument] = intrinsicOf(node) ?? [''];
  const own = name === 'Fn::If' ? [branches(argument)[0]] : [];
  return [...own, ...Object.values(node).flatMap(conditionsIn)];
}
