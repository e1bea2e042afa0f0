import { awsError } from '../../errors';
import { isCustom } from '../built-in/types';
import { isThere, type Stack } from '../stack';
import type { Knowledge } from '../template/model';
import { isRecord } from '../template/template';

/** What Ref and Fn::GetAtt answer from the resources that a stack has by now. */
export function knowledgeOf(stack: Stack): Knowledge {
  const find = (logicalId: string) => {
    const resource = stack.resources.get(logicalId);
    if (!isThere(resource)) throw new Error(`${logicalId} was used before it was there`);
    return resource;
  };
  return {
    reference: (logicalId) => find(logicalId).physicalId,
    attribute(logicalId, name) {
      const { attributes, type, physicalId } = find(logicalId);
      const value = attributes[name] ?? digInto(attributes, name);
      if (value !== undefined) return value;
      if (isCustom(type)) throw missing(stack, logicalId, name);
      if (name.startsWith('Outputs.')) throw noOutput(name, physicalId);
      throw awsError('NotEmulated', `the attribute ${name} of ${type} is not emulated`);
    },
  };
}

// AWS ends with the id of the request and the bucket that it keeps answers in.
const missing = (stack: Stack, logicalId: string, name: string): Error =>
  new Error(
    `CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${stack.id}|${logicalId}`,
  );

// Text not verified against AWS.
const noOutput = (name: string, stackId = ''): Error =>
  new Error(`Output '${name.slice('Outputs.'.length)}' not found in stack '${stackId}'`);

const digInto = (attributes: Record<string, unknown>, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>((level, key) => (isRecord(level) ? level[key] : undefined), attributes);
