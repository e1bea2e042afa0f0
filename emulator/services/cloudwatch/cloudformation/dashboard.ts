import { asText } from '../../../cloudformation/as-text';
import { ignoring, tagsFor } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { cloudWatchOf, updateTags } from './members';

async function put(DashboardName: string, properties: Properties, context: ProviderContext) {
  await cloudWatchOf(context).putDashboard({
    DashboardName,
    DashboardBody: asText(properties['DashboardBody']),
    Tags: tagsFor(properties, context),
  });
  return { physicalId: DashboardName };
}

export const dashboard: ResourceProvider = {
  properties: ['DashboardBody', 'DashboardName', 'Tags'],

  create: (properties, context) =>
    put(asText(properties['DashboardName'] ?? context.physicalName(255)), properties, context),

  async update(name, { properties }, context) {
    const provided = await put(name, properties, context);
    const arn = `arn:aws:cloudwatch::${context.accountId}:dashboard/${name}`;
    await updateTags(arn, properties, context);
    return provided;
  },

  async delete(name, _properties, context) {
    const deletion = cloudWatchOf(context).deleteDashboards({ DashboardNames: [name] });
    await ignoring(['DashboardNotFoundError', 'ResourceNotFound'], deletion);
  },
};
