import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Properties } from '../../../cloudformation/provider';

/** Members that are numbers; CloudFormation takes them as text, too. */
const numbers = new Set([
  'DeviceIndex',
  'HttpPutResponseHopLimit',
  'Iops',
  'Throughput',
  'VolumeSize',
]);

/** Texts that may well read `true`. */
const texts = new Set(['Key', 'Value', 'Description']);

function scalar(value: string, name: string): unknown {
  if (texts.has(name)) return value;
  if (numbers.has(name)) return Number(value);
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

function typed(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => typed(each, name));
  if (typeof value === 'string') return scalar(value, name);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each, key)]));
}

/** `LaunchTemplateData` of a template as the API takes it: the members are named the same. */
export const launchDataOf = (properties: Properties): RequestLaunchTemplateData =>
  typed(properties, '') as RequestLaunchTemplateData;
