import type { Call } from '../../call';
import type { Properties } from '../provider';
import { factsOf } from '../resource-types';
import { isThere, type Stack, type StackResource } from '../stack';
import type { CloudFormationState } from '../state';
import { isRecord } from '../template/template';

interface Compared {
  stack: Stack;
  resource: StackResource;
  /** All that the resource is now. */
  current: Properties;
  expected: Properties;
}

/** The properties of what is there that the template sets too. */
export function actualOf(call: Call<CloudFormationState>, compared: Compared): Properties {
  const { resource, current, expected } = compared;
  const tags = factsOf(resource.type)?.tags;
  const entries = Object.keys(expected)
    .filter((name) => current[name] !== undefined)
    .map((name) => [name, name === tags ? tagsOf(compared, name) : current[name]]);
  const actual = Object.fromEntries(entries) as Properties;
  return 'Policies' in actual ? { ...actual, Policies: ownPolicies(call, compared) } : actual;
}

/** Without CloudFormation's tags and those of the whole stack, unless the template sets them. */
function tagsOf({ stack, current, expected }: Compared, name: string): unknown {
  const own = keysOf(expected[name]);
  const ofStack = stack.settings.tags.map(({ Key: key }) => key);
  const isKept = (key: unknown): boolean =>
    own.includes(key) || !(String(key).startsWith('aws:') || ofStack.includes(String(key)));
  const tags = current[name];
  if (isRecord(tags))
    return Object.fromEntries(Object.entries(tags).filter(([key]) => isKept(key)));
  return [tags].flat().filter((tag) => !isRecord(tag) || isKept(tag['Key']));
}

const keysOf = (tags: unknown): unknown[] =>
  isRecord(tags)
    ? Object.keys(tags)
    : [tags].flat().map((tag) => (isRecord(tag) ? tag['Key'] : undefined));

/** A role's own policies: those that AWS::IAM::Policy resources put there are theirs. */
function ownPolicies({ state }: Call<CloudFormationState>, { current }: Compared): unknown {
  const foreign = new Set<unknown>();
  for (const id of state.names.values()) {
    for (const resource of state.stacks.get(id)?.resources.values() ?? []) {
      if (isThere(resource) && separate.has(resource.type)) {
        foreign.add(resource.properties['PolicyName']);
      }
    }
  }
  const policies = [current['Policies']].flat();
  return policies.filter((policy) => !isRecord(policy) || !foreign.has(policy['PolicyName']));
}

const separate = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
]);
