import type {
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Permission } from '../../service';
import { onFunction } from './find-function';
import type { LambdaCall } from './state';

const passing = (role: string | undefined): Permission[] =>
  role === undefined
    ? []
    : [
        {
          action: 'iam:PassRole',
          resources: [role],
          context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      ];

/** Operations whose action has the operation's own name and that are about one function. */
const ofOneFunction = [
  'AddPermission',
  'CreateAlias',
  'DeleteAlias',
  'DeleteFunction',
  'DeleteFunctionConcurrency',
  'GetAlias',
  'GetFunction',
  'GetFunctionConcurrency',
  'GetFunctionConfiguration',
  'GetPolicy',
  'ListAliases',
  'ListVersionsByFunction',
  'PublishVersion',
  'PutFunctionConcurrency',
  'RemovePermission',
  'UpdateAlias',
  'UpdateFunctionCode',
] as const;

/** What each operation asks of IAM. */
export const permissions = {
  ...(Object.fromEntries(ofOneFunction.map((action) => [action, onFunction(action)])) as Record<
    (typeof ofOneFunction)[number],
    ReturnType<typeof onFunction>
  >),
  CreateFunction: (input: CreateFunctionRequest, call: LambdaCall) => [
    onFunction('CreateFunction')(input, call),
    ...passing(input.Role),
  ],
  UpdateFunctionConfiguration: (input: UpdateFunctionConfigurationRequest, call: LambdaCall) => [
    onFunction('UpdateFunctionConfiguration')(input, call),
    ...passing(input.Role),
  ],
  Invoke: onFunction('InvokeFunction'),
};
