import { required, texts } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { logsOf, unlessGone } from './logs-of';

async function put(properties: Properties, context: ProviderContext, known?: string) {
  const { queryDefinitionId: id = '' } = await logsOf(context).putQueryDefinition({
    name: required(properties, 'Name'),
    queryString: required(properties, 'QueryString'),
    logGroupNames: texts(properties, 'LogGroupNames') ?? [],
    ...(known === undefined ? {} : { queryDefinitionId: known }),
  });
  return { physicalId: id, attributes: { QueryDefinitionId: id } };
}

/** AWS::Logs::QueryDefinition */
export const queryDefinition: ResourceProvider = {
  properties: ['LogGroupNames', 'Name', 'QueryString'],

  create: (properties, context) => put(properties, context),

  update: (id, { properties }, context) => put(properties, context, id),

  async delete(queryDefinitionId, _properties, context) {
    await unlessGone(logsOf(context).deleteQueryDefinition({ queryDefinitionId }));
  },

  async read(id, _properties, context) {
    const { queryDefinitions = [] } = await logsOf(context).describeQueryDefinitions({});
    const found = queryDefinitions.find(({ queryDefinitionId }) => queryDefinitionId === id);
    return (
      found && {
        Name: found.name,
        QueryString: found.queryString,
        ...(found.logGroupNames && { LogGroupNames: found.logGroupNames }),
      }
    );
  },
};
