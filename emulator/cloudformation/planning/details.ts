import type {
  Replacement,
  ResourceAttribute,
  ResourceChangeDetail,
  ResourceTargetDefinition,
} from '@aws-sdk/client-cloudformation';
import { isDeepStrictEqual } from 'node:util';
import { changedProperties, isTagged } from '../deployment/desired';
import { recreationFor } from '../resource-types';
import { referencesIn } from '../template/references';
import { causesIn, printable } from '../template/unknown';
import type { Modified, Proposed } from './plan';

/** Which properties change, why, and whether the new values are certain. */
export function changeDetails(proposed: Proposed, modified: Modified): ResourceChangeDetail[] {
  const { current, properties } = modified;
  return [
    ...changedProperties(current.properties, properties).flatMap((name) =>
      propertyDetails(proposed, modified, name),
    ),
    ...attributeDetails(proposed, modified),
  ];
}

function propertyDetails(
  { stack, model, settings }: Proposed,
  { current, declaration, properties }: Modified,
  name: string,
): ResourceChangeDetail[] {
  const target = targetOf({ type: current.type, name }, current.properties[name], properties[name]);
  const causes = causesIn(properties[name]);
  if (causes.length > 0) {
    return causes.map(({ source, entity }) => ({
      Target: target,
      Evaluation: 'Dynamic',
      ChangeSource: source,
      CausingEntity: entity,
    }));
  }
  const changed = changedParameters(stack.settings, settings);
  const used = referencesIn(declaration.Properties?.[name], model.isTrue)
    .map((reference) => reference.name)
    .filter((parameter) => changed.includes(parameter));
  if (used.length === 0) {
    return [{ Target: target, Evaluation: 'Static', ChangeSource: 'DirectModification' }];
  }
  return [
    { Target: target, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ...[...new Set(used)].map((parameter) => ({
      Target: target,
      Evaluation: 'Static' as const,
      ChangeSource: 'ParameterReference' as const,
      CausingEntity: parameter,
    })),
  ];
}

type Settings = Proposed['settings'];

function changedParameters(before: Settings, after: Settings): string[] {
  const values = new Map(
    before.parameters.map(({ key, value, resolved }) => [key, resolved ?? value]),
  );
  return after.parameters
    .filter(({ key, value, resolved }) => values.get(key) !== (resolved ?? value))
    .map(({ key }) => key);
}

function targetOf(
  { type, name }: { type: string; name: string },
  before: unknown,
  after: unknown,
): ResourceTargetDefinition {
  const kind = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return {
    Attribute: 'Properties',
    Name: name,
    RequiresRecreation: recreationFor(type, name),
    Path: `/Properties/${name}`,
    AttributeChangeType: kind,
    ...(before === undefined ? {} : { BeforeValue: textOf(before) }),
    ...(after === undefined ? {} : { AfterValue: textOf(after) }),
  };
}

function textOf(value: unknown): string {
  const shown = printable(value);
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}

/** Metadata, policies and the stack's tags: each changes as a whole. */
function attributeDetails(
  { settings }: Proposed,
  { current, declaration, metadata }: Modified,
): ResourceChangeDetail[] {
  const deletionPolicy = declaration.DeletionPolicy ?? 'Delete';
  const isRetagged =
    isTagged(current.type) && !isDeepStrictEqual(current.stackTags ?? [], settings.tags);
  const changed: [ResourceAttribute, boolean][] = [
    ['Metadata', !isDeepStrictEqual(current.metadata, metadata)],
    ['DeletionPolicy', deletionPolicy !== current.deletionPolicy],
    ['Tags', isRetagged],
  ];
  return changed
    .filter(([, isChanged]) => isChanged)
    .map(([attribute]) => ({
      Target: { Attribute: attribute, RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    }));
}

/** Certain and always: True. Uncertain, or only perhaps: Conditional. */
export function replacementOf(details: ResourceChangeDetail[]): Replacement {
  const needs = details.map(({ Target: target, Evaluation: evaluation }) => {
    const recreation = target?.RequiresRecreation ?? 'Never';
    return recreation === 'Always' && evaluation === 'Dynamic' ? 'Conditionally' : recreation;
  });
  // A changed parameter is told twice, once as dynamic; its value is certain all the same.
  const certain = details.some(
    ({ Target: target, Evaluation: evaluation }) =>
      target?.RequiresRecreation === 'Always' && evaluation === 'Static',
  );
  if (certain) return 'True';
  return needs.includes('Conditionally') ? 'Conditional' : 'False';
}

/** Which parts of the resource change. */
export const scopeOfChange = (details: ResourceChangeDetail[]): ResourceAttribute[] => [
  ...new Set(details.flatMap(({ Target: target }) => target?.Attribute ?? [])),
];
