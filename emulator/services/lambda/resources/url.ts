import type { Cors, FunctionUrlAuthType, InvokeMode } from '@aws-sdk/client-lambda';
import { ignoring, object, required, text } from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';
import { given, gone, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::Url; Ref answers the function's ARN. */
export const url: ResourceProvider = {
  properties: ['AuthType', 'Cors', 'InvokeMode', 'Qualifier', 'TargetFunctionArn'],

  async create(properties, context) {
    return provided(await lambdaOf(context).createFunctionUrlConfig(inputOf(properties)));
  },

  async update(_arn, { properties }, context) {
    return provided(
      await lambdaOf(context).updateFunctionUrlConfig({
        ...inputOf(properties),
        Cors: object(properties, 'Cors') ?? {},
      }),
    );
  },

  async delete(_arn, properties, context) {
    await ignoring(gone, lambdaOf(context).deleteFunctionUrlConfig(placeOf(properties)));
  },

  async read(arn, properties, context) {
    const found = await orGone(lambdaOf(context).getFunctionUrlConfig({ FunctionName: arn }));
    return (
      found &&
      given({
        TargetFunctionArn: properties['TargetFunctionArn'],
        Qualifier: arn.split(':')[7],
        AuthType: found.AuthType,
        InvokeMode: found.InvokeMode,
        Cors: found.Cors,
      })
    );
  },
};

const provided = ({
  FunctionArn = '',
  FunctionUrl = '',
}: {
  FunctionArn: string | undefined;
  FunctionUrl: string | undefined;
}) => ({ physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } });

const placeOf = (properties: Properties) =>
  given({
    FunctionName: required(properties, 'TargetFunctionArn'),
    Qualifier: text(properties, 'Qualifier'),
  });

const inputOf = (properties: Properties) =>
  given({
    ...placeOf(properties),
    AuthType: required(properties, 'AuthType') as FunctionUrlAuthType,
    InvokeMode: text(properties, 'InvokeMode') as InvokeMode | undefined,
    Cors: object(properties, 'Cors') as Cors | undefined,
  });
