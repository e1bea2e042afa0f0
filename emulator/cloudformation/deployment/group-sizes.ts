import { isDeepStrictEqual } from 'node:util';
import { templateError } from '../errors';
import type { Properties } from '../provider';
import type { StackResource } from '../stack';
import { evaluate } from '../template/evaluate';
import type { scopeOf } from '../template/model';
import { isRecord, type ResourceDeclaration } from '../template/template';

const type = 'AWS::AutoScaling::AutoScalingGroup';
const emulated = 'AutoScalingScheduledAction';
const sizes = ['MinSize', 'MaxSize', 'DesiredCapacity'];

/** Whether the UpdatePolicy of an Auto Scaling group leaves its size to whoever has scaled it. */
export function groupSizesOf(
  { Type, UpdatePolicy }: ResourceDeclaration,
  scope: ReturnType<typeof scopeOf>,
): Pick<StackResource, 'keepsSize'> {
  if (Type !== type) return {};
  const policy = evaluate(UpdatePolicy ?? {}, scope);
  if (!isRecord(policy)) return { keepsSize: false };
  const other = Object.keys(policy).find((member) => member !== emulated);
  if (other !== undefined)
    throw templateError(`the UpdatePolicy ${other} of ${type} is not emulated`);
  const action = policy[emulated];
  const ignores = isRecord(action) && action['IgnoreUnmodifiedGroupSizeProperties'];
  return { keepsSize: String(ignores) === 'true' };
}

/**
 * What an update sets: sizes that the template has not changed are not among it when they are left
 * to scaling, and otherwise overwrite what scaling has made of them
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html).
 */
export function withoutKeptSizes(
  { keepsSize }: StackResource,
  properties: Properties,
  previous: Properties,
): Properties {
  if (!keepsSize) return properties;
  const isSet = ([name, value]: [string, unknown]) =>
    !sizes.includes(name) || !isDeepStrictEqual(value, previous[name]);
  return Object.fromEntries(Object.entries(properties).filter(isSet));
}
