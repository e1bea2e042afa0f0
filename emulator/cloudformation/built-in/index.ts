import type { Run } from '../deployment/run';
import type { ResourceProvider } from '../provider';
import { customResource } from './custom-resource';
import { placeholder } from './placeholder';
import { waitCondition, waitConditionHandle } from './wait-condition';

/** A provider that needs the operation itself: it waits, or works on further stacks. */
export type BuiltIn = (run: Run) => ResourceProvider;

const types: Record<string, BuiltIn> = {
  'AWS::CDK::Metadata': () => placeholder,
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudFormation::WaitCondition': waitCondition,
  'AWS::CloudFormation::WaitConditionHandle': waitConditionHandle,
};

/** Whether a template may call its own resource type so. */
export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** The types that CloudFormation itself provides. */
export const builtIn = (type: string): BuiltIn | undefined =>
  isCustom(type) ? customResource : types[type];
