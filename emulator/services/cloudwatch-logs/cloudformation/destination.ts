import { required, tagsFor, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { tagRecord } from '../../../tags';
import { logsOf, unlessGone, updateTags } from './logs-of';

async function put(properties: Properties, context: ProviderContext) {
  const destinationName = required(properties, 'DestinationName');
  const logs = logsOf(context);
  const { destination } = await logs.putDestination({
    destinationName,
    targetArn: required(properties, 'TargetArn'),
    roleArn: required(properties, 'RoleArn'),
    tags: tagRecord(tagsFor(properties, context)),
  });
  const accessPolicy = text(properties, 'DestinationPolicy');
  if (accessPolicy !== undefined)
    await logs.putDestinationPolicy({ destinationName, accessPolicy });
  return { physicalId: destinationName, attributes: { Arn: destination?.arn ?? '' } };
}

/** AWS::Logs::Destination */
export const destination: ResourceProvider = {
  properties: ['DestinationName', 'DestinationPolicy', 'RoleArn', 'Tags', 'TargetArn'],

  create: put,

  async update(_name, { properties }, context) {
    const made = await put(properties, context);
    await updateTags(made.attributes.Arn, properties, context);
    return made;
  },

  async delete(destinationName, _properties, context) {
    await unlessGone(logsOf(context).deleteDestination({ destinationName }));
  },
};
