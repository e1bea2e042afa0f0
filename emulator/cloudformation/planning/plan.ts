import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import { nestedType } from '../built-in/types';
import { knowledgeOf } from '../deployment/knowledge';
import { canUpdate } from '../deployment/run';
import { isThere, type Stack, type StackResource, type StackSettings } from '../stack';
import { evaluate } from '../template/evaluate';
import { type Knowledge, type Model, nothingYet, scopeOf } from '../template/model';
import type { ResourceDeclaration } from '../template/template';
import { text } from '../template/text';
import { printable } from '../template/unknown';
import { changeDetails, replacementOf, scopeOfChange } from './details';

/** A stack, and what a request wants it to be. */
export interface Proposed {
  call: Pick<Call, 'providers'>;
  stack: Stack;
  model: Model;
  settings: StackSettings;
}

/** What a deployment would do to each resource, worked out without touching any. */
export function planChanges(proposed: Proposed): ResourceChange[] {
  const { stack, model } = proposed;
  const moved = new Set<string>();
  const changes: ResourceChange[] = [];
  for (const logicalId of model.order) {
    const change = planResource(proposed, { logicalId, knowledge: knowledgeBut(stack, moved) });
    if (!change) continue;
    const isInPlace =
      change.Action === 'Modify' &&
      change.Replacement === 'False' &&
      change.ResourceType !== nestedType;
    if (!isInPlace) moved.add(logicalId);
    changes.push(change);
  }
  return [...changes, ...removals(stack, model)];
}

/** What is there already is known, except what is made anew. */
function knowledgeBut(stack: Stack, moved: Set<string>): Knowledge {
  const known = knowledgeOf(stack);
  const from = (logicalId: string) =>
    moved.has(logicalId) || !isThere(stack.resources.get(logicalId)) ? nothingYet : known;
  return {
    reference: (logicalId) => from(logicalId).reference(logicalId),
    attribute: (logicalId, name) => from(logicalId).attribute(logicalId, name),
  };
}

/** Knowledge of what the resources before have come to. */
export const knowledgeAfter = (stack: Stack, changes: ResourceChange[]): Knowledge =>
  knowledgeBut(
    stack,
    new Set(
      changes
        .filter(({ Replacement: replacement }) => replacement !== 'False')
        .map(({ LogicalResourceId: logicalId = '' }) => logicalId),
    ),
  );

function planResource(
  proposed: Proposed,
  { logicalId, knowledge }: { logicalId: string; knowledge: Knowledge },
): ResourceChange | undefined {
  const { stack, model } = proposed;
  const declaration = model.resources.get(logicalId);
  const current = stack.resources.get(logicalId);
  if (!declaration) return undefined;
  const scope = scopeOf(model, knowledge);
  const properties = evaluate(declaration.Properties ?? {}, scope) as Record<string, unknown>;
  const metadata = evaluate(declaration.Metadata, scope);
  if (!isThere(current)) return addition(logicalId, declaration, properties);
  return modification(proposed, { current, declaration, properties, metadata });
}

const addition = (
  logicalId: string,
  { Type: type }: ResourceDeclaration,
  properties: Record<string, unknown>,
): ResourceChange => ({
  Action: 'Add',
  LogicalResourceId: logicalId,
  ResourceType: type,
  Scope: [],
  Details: [],
  AfterContext: contextOf(properties),
});

/** A resource that is there, and what it would be. */
export interface Modified {
  current: StackResource;
  declaration: ResourceDeclaration;
  properties: Record<string, unknown>;
  metadata: unknown;
}

function modification(proposed: Proposed, modified: Modified): ResourceChange | undefined {
  const { current, properties, declaration } = modified;
  const details = changeDetails(proposed, modified);
  if (details.length === 0 && current.type === nestedType) details.push(automatic);
  if (details.length === 0 && !current.status.endsWith('_FAILED')) return undefined;
  const replacement = canUpdate(proposed.call, current.type) ? replacementOf(details) : 'True';
  const keeps = text(declaration.UpdateReplacePolicy).startsWith('Retain');
  return {
    ...(replacement === 'True'
      ? { PolicyAction: keeps ? 'ReplaceAndRetain' : 'ReplaceAndDelete' }
      : {}),
    Action: 'Modify',
    LogicalResourceId: current.logicalId,
    PhysicalResourceId: current.physicalId,
    ResourceType: current.type,
    Replacement: replacement,
    Scope: scopeOfChange(details),
    Details: details,
    BeforeContext: contextOf(current.properties),
    AfterContext: contextOf(properties),
  };
}

/** What its template says now is seen when the nested stack is updated, and not before. */
const automatic: ResourceChangeDetail = {
  Target: { Attribute: 'Properties', RequiresRecreation: 'Never' },
  Evaluation: 'Dynamic',
  ChangeSource: 'Automatic',
};

const removals = (stack: Stack, model: Model): ResourceChange[] =>
  [...stack.resources.values()]
    .filter((resource) => isThere(resource) && !model.resources.has(resource.logicalId))
    .map((resource) => ({
      PolicyAction: resource.deletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete',
      Action: 'Remove',
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId: resource.physicalId,
      ResourceType: resource.type,
      Scope: [],
      Details: [],
      BeforeContext: contextOf(resource.properties),
    }));

const contextOf = (properties: unknown): string =>
  JSON.stringify({ Properties: printable(properties) });
