import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import type { Permission } from '../../../service';
import { arnOf, readReference } from '../find-function';
import type { LambdaCall } from '../state';
import { mappingArn } from './shown';

const onMapping =
  (action: string) =>
  ({ UUID = '' }: { UUID?: string | undefined }, call: LambdaCall): Permission => {
    const functionArn = call.state.mappings.get(UUID)?.functionArn;
    return {
      action: `lambda:${action}`,
      resources: [mappingArn({ id: UUID }, call)],
      ...(functionArn === undefined ? {} : { context: { 'lambda:FunctionArn': functionArn } }),
    };
  };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const mappingPermissions = {
  CreateEventSourceMapping(
    { FunctionName = '' }: CreateEventSourceMappingRequest,
    call: LambdaCall,
  ): Permission {
    const functionArn = arnOf(readReference(FunctionName, undefined, call));
    return {
      action: 'lambda:CreateEventSourceMapping',
      resources: ['*'],
      context: { 'lambda:FunctionArn': functionArn },
    };
  },
  DeleteEventSourceMapping: onMapping('DeleteEventSourceMapping'),
  GetEventSourceMapping: onMapping('GetEventSourceMapping'),
  UpdateEventSourceMapping: onMapping('UpdateEventSourceMapping'),
};
