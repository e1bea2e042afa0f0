import { ignoring, number, object, required } from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';
import { given, gone, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::EventInvokeConfig; Ref answers function and qualifier. */
export const eventInvokeConfig: ResourceProvider = {
  properties: [
    'DestinationConfig',
    'FunctionName',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
    'Qualifier',
  ],

  async create(properties, context) {
    await lambdaOf(context).putFunctionEventInvokeConfig(inputOf(properties));
    const { FunctionName, Qualifier } = placeOf(properties);
    return { physicalId: `${FunctionName}|${Qualifier}` };
  },

  async update(id, { properties }, context) {
    await lambdaOf(context).putFunctionEventInvokeConfig(inputOf(properties));
    return { physicalId: id };
  },

  async delete(_id, properties, context) {
    await ignoring(gone, lambdaOf(context).deleteFunctionEventInvokeConfig(placeOf(properties)));
  },

  async read(id, properties, context) {
    const [FunctionName, Qualifier] = id.split('|');
    const place = { FunctionName, Qualifier };
    const found = await orGone(lambdaOf(context).getFunctionEventInvokeConfig(place));
    if (!found) return undefined;
    const { OnSuccess: success = {}, OnFailure: failure = {} } = found.DestinationConfig ?? {};
    return {
      FunctionName: properties['FunctionName'],
      Qualifier,
      ...given({
        MaximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
        MaximumRetryAttempts: found.MaximumRetryAttempts,
        DestinationConfig: given({
          OnSuccess: success.Destination === undefined ? undefined : success,
          OnFailure: failure.Destination === undefined ? undefined : failure,
        }),
      }),
    };
  },
};

const placeOf = (properties: Properties) => ({
  FunctionName: required(properties, 'FunctionName'),
  Qualifier: required(properties, 'Qualifier'),
});

const inputOf = (properties: Properties) =>
  given({
    ...placeOf(properties),
    MaximumEventAgeInSeconds: number(properties, 'MaximumEventAgeInSeconds'),
    MaximumRetryAttempts: number(properties, 'MaximumRetryAttempts'),
    DestinationConfig: object(properties, 'DestinationConfig'),
  });
