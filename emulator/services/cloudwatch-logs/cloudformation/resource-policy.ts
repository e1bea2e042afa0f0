import { asText } from '../../../cloudformation/as-text';
import { required } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { parseJson } from '../../../json';
import { logsOf, unlessGone } from './logs-of';

async function put(properties: Properties, context: ProviderContext) {
  const policyName = required(properties, 'PolicyName');
  const policyDocument = asText(properties['PolicyDocument']);
  await logsOf(context).putResourcePolicy({ policyName, policyDocument });
  return { physicalId: policyName };
}

/** AWS::Logs::ResourcePolicy */
export const resourcePolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'PolicyName'],

  create: put,

  update: (_name, { properties }, context) => put(properties, context),

  async delete(policyName, _properties, context) {
    await unlessGone(logsOf(context).deleteResourcePolicy({ policyName }));
  },

  async read(name, _properties, context) {
    const { resourcePolicies = [] } = await logsOf(context).describeResourcePolicies({});
    const found = resourcePolicies.find(({ policyName }) => policyName === name);
    return found && { PolicyName: name, PolicyDocument: parseJson(found.policyDocument ?? '') };
  },
};
