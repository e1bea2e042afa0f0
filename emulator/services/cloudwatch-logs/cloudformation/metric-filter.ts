import type { MetricTransformation, StandardUnit } from '@aws-sdk/client-cloudwatch-logs';
import { asText } from '../../../cloudformation/as-text';
import { number, objects, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { ifThere, logsOf, unlessGone } from './logs-of';

function transformationOf(properties: Properties): MetricTransformation {
  const defaultValue = number(properties, 'DefaultValue');
  const unit = text(properties, 'Unit');
  const dimensions = objects(properties, 'Dimensions').map((dimension) => [
    required(dimension, 'Key'),
    required(dimension, 'Value'),
  ]);
  return {
    metricName: required(properties, 'MetricName'),
    metricNamespace: required(properties, 'MetricNamespace'),
    metricValue: required(properties, 'MetricValue'),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(unit === undefined ? {} : { unit: unit as StandardUnit }),
    ...(dimensions.length > 0
      ? { dimensions: Object.fromEntries(dimensions) as Record<string, string> }
      : {}),
  };
}

const propertiesOf = (given: MetricTransformation): Properties => ({
  MetricName: given.metricName,
  MetricNamespace: given.metricNamespace,
  MetricValue: given.metricValue,
  ...(given.defaultValue === undefined ? {} : { DefaultValue: given.defaultValue }),
  ...(given.unit === undefined ? {} : { Unit: given.unit }),
  ...(given.dimensions && {
    Dimensions: Object.entries(given.dimensions).map(([Key, Value]) => ({ Key, Value })),
  }),
});

async function put(filterName: string, properties: Properties, context: ProviderContext) {
  await logsOf(context).putMetricFilter({
    logGroupName: required(properties, 'LogGroupName'),
    filterName,
    filterPattern: text(properties, 'FilterPattern') ?? '',
    metricTransformations: objects(properties, 'MetricTransformations').map(transformationOf),
  });
  return { physicalId: filterName };
}

/** AWS::Logs::MetricFilter */
export const metricFilter: ResourceProvider = {
  properties: [
    'FilterName',
    'FilterPattern',
    'LogGroupName',
    'MetricTransformations.DefaultValue',
    'MetricTransformations.Dimensions.Key',
    'MetricTransformations.Dimensions.Value',
    'MetricTransformations.MetricName',
    'MetricTransformations.MetricNamespace',
    'MetricTransformations.MetricValue',
    'MetricTransformations.Unit',
  ],

  create: (properties, context) =>
    put(text(properties, 'FilterName') ?? context.physicalName(512), properties, context),

  update: (filterName, { properties }, context) => put(filterName, properties, context),

  async delete(filterName, properties, context) {
    const logGroupName = required(properties, 'LogGroupName');
    await unlessGone(logsOf(context).deleteMetricFilter({ logGroupName, filterName }));
  },

  async read(filterName, properties, context) {
    const logGroupName = asText(properties['LogGroupName']);
    const asked = { logGroupName, filterNamePrefix: filterName };
    const answer = await ifThere(logsOf(context).describeMetricFilters(asked));
    const found = answer?.metricFilters?.find((filter) => filter.filterName === filterName);
    return (
      found && {
        FilterName: filterName,
        FilterPattern: found.filterPattern,
        LogGroupName: logGroupName,
        MetricTransformations: (found.metricTransformations ?? []).map(propertiesOf),
      }
    );
  },
};
