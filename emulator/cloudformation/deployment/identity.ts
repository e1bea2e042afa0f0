import { isDeepStrictEqual } from 'node:util';
import { factsOf } from '../resource-types';
import type { StackResource } from '../stack';
import { sent } from './run';

/** What a name is unique in, of a type whose name alone does not tell: the group of a hook. */
function homeOf(resource: StackResource): unknown[] {
  const { primaryIdentifier = [] } = factsOf(resource.type) ?? {};
  return primaryIdentifier.length > 1 ? primaryIdentifier.map((name) => sent(resource)[name]) : [];
}

/** Whether two records are of the same physical resource. */
export const isSameResource = (one: StackResource, other: StackResource): boolean =>
  one.type === other.type &&
  one.physicalId === other.physicalId &&
  isDeepStrictEqual(homeOf(one), homeOf(other));
