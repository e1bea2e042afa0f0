import type { BuiltIn } from '../deployment/run';
import { customResource } from './custom-resource';
import { nestedStack } from './nested-stack';
import { placeholder } from './placeholder';
import { isCustom, nestedType } from './types';
import { waitCondition, waitConditionHandle } from './wait-condition';
import { table } from '../../table';

const types: Record<string, BuiltIn> = table({
  'AWS::CDK::Metadata': () => placeholder,
  'AWS::CloudFormation::WaitCondition': waitCondition,
  'AWS::CloudFormation::WaitConditionHandle': waitConditionHandle,
  [nestedType]: nestedStack,
});

/** The types that CloudFormation itself provides. */
export const builtIn = (type: string): BuiltIn | undefined =>
  isCustom(type) ? customResource : types[type];
