import type {
  CreateFunctionRequest,
  GetLayerVersionRequest,
  PublishLayerVersionRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Permission } from '../../service';
import { onFunction } from './find-function';
import { arnOf as layerArn, nameOf } from './layers';
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
  'CreateFunctionUrlConfig',
  'DeleteAlias',
  'DeleteFunction',
  'DeleteFunctionConcurrency',
  'DeleteFunctionEventInvokeConfig',
  'DeleteFunctionUrlConfig',
  'GetAlias',
  'GetFunction',
  'GetFunctionConcurrency',
  'GetFunctionConfiguration',
  'GetFunctionEventInvokeConfig',
  'GetFunctionUrlConfig',
  'GetPolicy',
  'ListAliases',
  'ListFunctionEventInvokeConfigs',
  'ListFunctionUrlConfigs',
  'ListVersionsByFunction',
  'PublishVersion',
  'PutFunctionConcurrency',
  'PutFunctionEventInvokeConfig',
  'RemovePermission',
  'UpdateAlias',
  'UpdateFunctionCode',
  'UpdateFunctionEventInvokeConfig',
  'UpdateFunctionUrlConfig',
] as const;

const onResource =
  (action: string) =>
  ({ Resource = '' }: { Resource?: string | undefined }): Permission => ({
    action: `lambda:${action}`,
    resources: [Resource],
  });

const onLayerVersion =
  (action: string) =>
  ({ LayerName = '', VersionNumber }: GetLayerVersionRequest, call: LambdaCall): Permission => ({
    action: `lambda:${action}`,
    resources: [layerArn(nameOf(LayerName), call, VersionNumber)],
  });

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
  DeleteLayerVersion: onLayerVersion('DeleteLayerVersion'),
  GetLayerVersion: onLayerVersion('GetLayerVersion'),
  GetLayerVersionByArn: ({ Arn = '' }: { Arn?: string | undefined }) => ({
    action: 'lambda:GetLayerVersion',
    resources: [Arn],
  }),
  PublishLayerVersion: ({ LayerName = '' }: PublishLayerVersionRequest, call: LambdaCall) => ({
    action: 'lambda:PublishLayerVersion',
    resources: [layerArn(nameOf(LayerName), call)],
  }),
  ListTags: onResource('ListTags'),
  TagResource: onResource('TagResource'),
  UntagResource: onResource('UntagResource'),
  Invoke: onFunction('InvokeFunction'),
};
