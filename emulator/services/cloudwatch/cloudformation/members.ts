import type { CloudWatch, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import {
  boolean,
  number,
  object,
  objects,
  tagsFor,
  text,
  texts,
} from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
import { replaceTags } from '../../../cloudformation/replace-tags';

export const cloudWatchOf = (context: ProviderContext): CloudWatch =>
  context.client<CloudWatch>('cloudwatch');

type Reader<T> = (properties: Properties, name: string) => T | undefined;

/** Some properties by one reader, without those that are absent. */
export const read = <T>(
  properties: Properties,
  names: readonly string[],
  reader: Reader<T>,
): Record<string, T> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = reader(properties, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const texted = (properties: Properties, ...names: string[]) => read(properties, names, text);

export const numbered = (properties: Properties, ...names: string[]) =>
  read(properties, names, number);

/** What metric and composite alarms have in common. */
export const commonSettings = (properties: Properties) => ({
  ...texted(properties, 'AlarmDescription'),
  ...read(properties, ['ActionsEnabled'], boolean),
  ...read(properties, ['OKActions', 'AlarmActions', 'InsufficientDataActions'], texts),
});

export const dimensionsOf = (properties: Properties) =>
  objects(properties, 'Dimensions').map((dimension) => ({
    Name: text(dimension, 'Name'),
    Value: text(dimension, 'Value'),
  }));

/** The queries in a property, with numbers and booleans made of texts. */
export const queriesOf = (properties: Properties, name: string): MetricDataQuery[] =>
  objects(properties, name).map((query) => {
    const stat = object(query, 'MetricStat');
    return {
      Id: text(query, 'Id'),
      ...texted(query, 'Expression', 'Label'),
      ...numbered(query, 'Period'),
      ...read(query, ['ReturnData'], boolean),
      ...(stat === undefined ? {} : { MetricStat: metricStatOf(stat) }),
    };
  });

function metricStatOf(stat: Properties): NonNullable<MetricDataQuery['MetricStat']> {
  const metric = object(stat, 'Metric') ?? {};
  return {
    Metric: {
      ...texted(metric, 'Namespace', 'MetricName'),
      ...(metric['Dimensions'] === undefined ? {} : { Dimensions: dimensionsOf(metric) }),
    },
    Period: number(stat, 'Period'),
    Stat: text(stat, 'Stat'),
    ...texted(stat, 'Unit'),
  };
}

/** An update of alarms and dashboards leaves their tags alone, so they are brought in line here. */
export async function updateTags(
  ResourceARN: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const cloudwatch = cloudWatchOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await cloudwatch.listTagsForResource({ ResourceARN })).Tags ?? []).map(({ Key }) => Key),
    remove: (TagKeys) => cloudwatch.untagResource({ ResourceARN, TagKeys }),
    set: (Tags) => cloudwatch.tagResource({ ResourceARN, Tags }),
  });
}
