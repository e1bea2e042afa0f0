import { validationError } from '../errors';
import { evaluate } from './evaluate';
import { keyWithItems, textWithItems } from './loop-items';
import type { Scope } from './scope';
import { checkStructure } from './structure';
import { checkAttributes } from './structure-resources';
import { intrinsicOf, isLoop, isRecord, type Template } from './template';
import { languageExtensions } from './transforms';
import { causesIn } from './unknown';
import { table } from '../../table';

/** What AWS::LanguageExtensions says is wrong, as the reason of a change set or a rollback. */
export const transformError = (message: string): Error =>
  validationError(`Transform ${languageExtensions} failed with: ${message}`);

/** Where the walk through a template is: the items that its loops stand at. */
interface Place {
  scope: Scope;
  items: Record<string, string>;
}

/**
 * Writes out loops and what the functions of AWS::LanguageExtensions come to before there is any
 * resource; a Fn::ToJsonString that needs one is left to the deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export function applyLanguageExtensions(template: Template, scope: Scope): Template {
  const place: Place = { scope, items: {} };
  const expanded = {
    Conditions: expand(template.Conditions, place) as Template['Conditions'],
    Resources: expand(template.Resources, place) as Template['Resources'],
    Outputs: expand(template.Outputs, place) as Template['Outputs'],
  };
  checkKeys('LogicalId', expanded.Resources);
  for (const resource of Object.values(expanded.Resources)) checkAttributes({ ...resource });
  checkKeys('OutputKey', expanded.Outputs);
  checkConditionKeys(expanded);
  const processed = { ...template, ...expanded };
  checkStructure({
    Transform: template.Transform,
    Resources: processed.Resources,
    Outputs: processed.Outputs,
  });
  return processed;
}

// Verified for outputs.
function checkKeys(kind: string, members: object): void {
  const wrong = Object.keys(members).find((key) => !/^[A-Za-z0-9]+$/.test(key));
  if (wrong !== undefined) throw transformError(`${kind} '${wrong}' should be alphanumeric`);
}

function checkConditionKeys({
  Conditions: conditions,
  Resources: resources,
  Outputs: outputs,
}: Pick<Template, 'Conditions' | 'Resources' | 'Outputs'>): void {
  for (const { Condition: name } of [...Object.values(resources), ...Object.values(outputs)]) {
    if (name === undefined || Object.hasOwn(conditions, name)) continue;
    throw transformError(`Key ${name} is missing in the map.`);
  }
}

function expand(node: unknown, place: Place): unknown {
  if (Array.isArray(node)) return node.map((item) => expand(item, place));
  if (!isRecord(node)) return node;
  const intrinsic = intrinsicOf(node);
  if (intrinsic) {
    const [name, argument] = intrinsic;
    return extended[name]?.(argument, place) ?? { [name]: expand(argument, place) };
  }
  return expandMembers(node, place);
}

function expandMembers(node: Record<string, unknown>, place: Place): Record<string, unknown> {
  const members = Object.entries(node).flatMap(([key, value]) =>
    isLoop(key) ? expandLoop(value, place) : [[key, expand(value, place)] as const],
  );
  return Object.fromEntries(members);
}

function expandLoop(loop: unknown, place: Place): (readonly [string, unknown])[] {
  const [identifier, collection, fragment, ...more] = Array.isArray(loop)
    ? (loop as unknown[])
    : [];
  if (typeof identifier !== 'string' || !isRecord(fragment) || more.length > 0) {
    throw transformError('Fn::ForEach layout is incorrect');
  }
  return itemsOf(collection, place).flatMap((item) => {
    const inner = { ...place, items: { ...place.items, [identifier]: item } };
    return Object.entries(fragment).flatMap(([key, value]) =>
      isLoop(key)
        ? expandLoop(value, inner)
        : [[keyWithItems(key, inner.items), expand(value, inner)] as const],
    );
  });
}

function itemsOf(collection: unknown, place: Place): string[] {
  if (typeof collection === 'string') throw transformError('Fn::ForEach layout is incorrect');
  const items = known(expand(collection, place), place.scope);
  if (Array.isArray(items)) return items.map(String);
  throw transformError('Could not find a collection or could not be resolved for Fn::ForEach');
}

/** What a node comes to without any resource or condition; undefined when it needs one. */
function known(node: unknown, scope: Scope): unknown {
  try {
    const value = evaluate(node, scope);
    return causesIn(value).length > 0 ? undefined : value;
  } catch (error) {
    if (error instanceof NeedsConditions) return undefined;
    const message = error instanceof Error ? error.message : String(error);
    throw transformError(message.replace(/^Template error: /, ''));
  }
}

/** Conditions are evaluated after the transform, so nothing that it resolves may ask for one. */
export class NeedsConditions extends Error {}

const extended: Record<string, (argument: unknown, place: Place) => unknown> = table({
  Ref(argument, { items, scope }) {
    if (typeof argument !== 'string')
      return { Ref: known(expand(argument, { items, scope }), scope) };
    return items[argument];
  },
  'Fn::GetAtt': (argument, place) => ({ 'Fn::GetAtt': namesIn(argument, place) }),
  'Fn::Sub': (argument, place) => {
    const [template, map] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    if (typeof template !== 'string') return { 'Fn::Sub': argument };
    const filled = textWithItems(template, place.items);
    if (map !== undefined) return { 'Fn::Sub': [filled, expand(map, place)] };
    return filled.includes('${') ? { 'Fn::Sub': filled } : filled;
  },
  'Fn::Length'(argument, place) {
    const list = known(expand(argument, place), place.scope);
    if (Array.isArray(list)) return list.length;
    throw transformError('The Fn::Length value could not be resolved for properties');
  },
  'Fn::ToJsonString'(argument, place) {
    const node = expand(argument, place);
    const value = known(node, place.scope);
    return value === undefined ? { 'Fn::ToJsonString': node } : JSON.stringify(value);
  },
});

/** Resource and attribute of a GetAtt, whose parts may be functions here. */
function namesIn(argument: unknown, place: Place): unknown {
  const parts = expand(argument, place);
  if (!Array.isArray(parts)) return parts;
  return parts.map((part: unknown) => (isRecord(part) ? known(part, place.scope) : part));
}
