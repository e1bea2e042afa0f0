import type { Call } from '../../call';
import type { Resource } from '../../changes/resource';
import { tagList } from '../../tags';
import type { Properties } from '../provider';
import { factsOf } from '../resource-types';
import { isThere, type Stack, type StackResource } from '../stack';
import type { CloudFormationState } from '../state';
import { isRecord } from '../template/template';

interface Compared {
  stack: Stack;
  resource: StackResource;
  view: Resource;
  expected: Properties;
}

/** What the template sets; a credential cannot be read back and is not compared. */
export const expectedOf = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !writeOnly.has(name)));

const writeOnly = new Set(['LoginProfile']);

/** The properties of what is there that the template sets too. */
export function actualOf(call: Call<CloudFormationState>, compared: Compared): Properties {
  const { resource, view, expected } = compared;
  const tags = factsOf(resource.type)?.tags;
  const entries = Object.keys(expected)
    .filter((name) => name === tags || view.configuration[name] !== undefined)
    .map((name) => [name, name === tags ? tagsOf(compared, name) : view.configuration[name]]);
  const actual = Object.fromEntries(entries) as Properties;
  return 'Policies' in actual ? { ...actual, Policies: ownPolicies(call, compared) } : actual;
}

/** In the template's own shape, without CloudFormation's tags and those of the whole stack. */
function tagsOf({ stack, view, expected }: Compared, name: string): unknown {
  const wanted = expected[name];
  const own = isRecord(wanted)
    ? Object.keys(wanted)
    : [wanted].flat().map((tag) => (isRecord(tag) ? tag['Key'] : undefined));
  const ofStack = stack.settings.tags.map(({ Key: key }) => key);
  const tags = Object.fromEntries(
    Object.entries(view.tags).filter(
      ([key]) => own.includes(key) || !(key.startsWith('aws:') || ofStack.includes(key)),
    ),
  );
  return isRecord(wanted) ? tags : tagList(tags);
}

/** A role's own policies: those that AWS::IAM::Policy resources put there are theirs. */
function ownPolicies({ state }: Call<CloudFormationState>, { view }: Compared): unknown {
  const foreign = new Set<unknown>();
  for (const id of state.names.values()) {
    for (const resource of state.stacks.get(id)?.resources.values() ?? []) {
      if (isThere(resource) && separate.has(resource.type)) {
        foreign.add(resource.properties['PolicyName']);
      }
    }
  }
  const policies = [view.configuration['Policies']].flat();
  return policies.filter((policy) => !isRecord(policy) || !foreign.has(policy['PolicyName']));
}

const separate = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
]);
