import type { Resource } from '../../changes/resource';
import { functionArn } from './find-function';
import type { LambdaCall, LambdaFunction } from './state';

export const view = (call: LambdaCall): Resource[] =>
  [...call.state.functions.values()].map((fn) => shownFunction(fn, call));

function shownFunction(fn: LambdaFunction, call: LambdaCall): Resource {
  return {
    arn: functionArn(fn.name, call),
    type: 'AWS::Lambda::Function',
    id: fn.name,
    name: fn.name,
    tags: fn.tags,
    configuration: { FunctionName: fn.name },
    createdAt: fn.createdAt,
  };
}
