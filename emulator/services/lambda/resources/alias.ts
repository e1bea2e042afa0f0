import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import {
  ignoring,
  number,
  object,
  objects,
  required,
  text,
} from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';
import { gone, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::Alias; Ref answers its ARN. */
export const alias: ResourceProvider = {
  properties: ['Description', 'FunctionName', 'FunctionVersion', 'Name', 'RoutingConfig'],

  async create(properties, context) {
    const made = await lambdaOf(context).createAlias(inputOf(properties));
    return provided(made);
  },

  async update(_arn, { properties }, context) {
    const made = await lambdaOf(context).updateAlias(inputOf(properties));
    return provided(made);
  },

  async delete(arn, _properties, context) {
    await ignoring(gone, lambdaOf(context).deleteAlias(placeOf(arn)));
  },

  async read(arn, properties, context) {
    const found = await orGone(lambdaOf(context).getAlias(placeOf(arn)));
    if (!found) return undefined;
    const weights = Object.entries(found.RoutingConfig?.AdditionalVersionWeights ?? {});
    return {
      FunctionName: properties['FunctionName'],
      Name: found.Name,
      FunctionVersion: found.FunctionVersion,
      Description: found.Description,
      RoutingConfig: {
        AdditionalVersionWeights: weights.map(([FunctionVersion, FunctionWeight]) => ({
          FunctionVersion,
          FunctionWeight,
        })),
      },
    };
  },
};

function placeOf(arn: string) {
  const parts = arn.split(':');
  return { FunctionName: parts.slice(0, 7).join(':'), Name: parts[7] };
}

const provided = ({ AliasArn = '' }: AliasConfiguration) => ({
  physicalId: AliasArn,
  attributes: { AliasArn },
});

const inputOf = (properties: Properties) => ({
  FunctionName: required(properties, 'FunctionName'),
  Name: required(properties, 'Name'),
  FunctionVersion: required(properties, 'FunctionVersion'),
  Description: text(properties, 'Description') ?? '',
  RoutingConfig: { AdditionalVersionWeights: weightsOf(properties) },
});

const weightsOf = (properties: Properties): Record<string, number> =>
  Object.fromEntries(
    objects(object(properties, 'RoutingConfig') ?? {}, 'AdditionalVersionWeights').map((weight) => [
      required(weight, 'FunctionVersion'),
      number(weight, 'FunctionWeight') ?? 0,
    ]),
  );
