import type { Distribution } from '@aws-sdk/client-cloudwatch-logs';
import { asText } from '../../../cloudformation/as-text';
import { required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { ifThere, logsOf, unlessGone } from './logs-of';

async function put(filterName: string, properties: Properties, context: ProviderContext) {
  await logsOf(context).putSubscriptionFilter({
    logGroupName: required(properties, 'LogGroupName'),
    filterName,
    filterPattern: text(properties, 'FilterPattern') ?? '',
    destinationArn: required(properties, 'DestinationArn'),
    distribution: (text(properties, 'Distribution') ?? 'ByLogStream') as Distribution,
  });
  return { physicalId: filterName };
}

/** AWS::Logs::SubscriptionFilter */
export const subscriptionFilter: ResourceProvider = {
  properties: ['DestinationArn', 'Distribution', 'FilterName', 'FilterPattern', 'LogGroupName'],

  create: (properties, context) =>
    put(text(properties, 'FilterName') ?? context.physicalName(512), properties, context),

  update: (filterName, { properties }, context) => put(filterName, properties, context),

  async delete(filterName, properties, context) {
    const logGroupName = required(properties, 'LogGroupName');
    await unlessGone(logsOf(context).deleteSubscriptionFilter({ logGroupName, filterName }));
  },

  async read(filterName, properties, context) {
    const logGroupName = asText(properties['LogGroupName']);
    const asked = { logGroupName, filterNamePrefix: filterName };
    const answer = await ifThere(logsOf(context).describeSubscriptionFilters(asked));
    const found = answer?.subscriptionFilters?.find((filter) => filter.filterName === filterName);
    return (
      found && {
        DestinationArn: found.destinationArn,
        Distribution: found.distribution,
        FilterName: filterName,
        FilterPattern: found.filterPattern,
        LogGroupName: logGroupName,
        ...(found.roleArn === undefined ? {} : { RoleArn: found.roleArn }),
      }
    );
  },
};
