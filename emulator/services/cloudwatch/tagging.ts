import { tagList, tagRecord } from '../../tags';
import { nameIn } from './alarms/alarm';
import { dashboardsOf } from './dashboards/dashboard';
import { invalidValue, notFound } from './errors';
import type { CloudWatchCall, CloudWatchHandlers } from './state';

export const tagging = {
  TagResource({ ResourceARN: arn, Tags = [] }, call) {
    const found = find(arn, call);
    if (Tags.length > 50)
      throw invalidValue('The collection Tags must not have a size greater than 50.'); // text unverified
    Object.assign(found.tags, tagRecord(Tags));
    announce(arn, call);
  },

  UntagResource({ ResourceARN: arn, TagKeys = [] }, call) {
    const { tags } = find(arn, call);
    for (const key of TagKeys) delete tags[key];
    announce(arn, call);
  },

  ListTagsForResource({ ResourceARN: arn }, call) {
    return { Tags: tagList(find(arn, call).tags) };
  },
} satisfies CloudWatchHandlers;

const dashboardIn = (arn: string): string | undefined => /:dashboard\/(.+)$/.exec(arn)?.[1];

function find(arn = '', call: CloudWatchCall): { tags: Record<string, string> } {
  const dashboard = dashboardIn(arn);
  const found =
    dashboard === undefined
      ? call.state.alarms.get(nameIn(arn))
      : dashboardsOf(call).get(dashboard);
  if (!found || !arn.startsWith('arn:')) throw notFound('Unknown');
  return found;
}

function announce(arn = '', call: CloudWatchCall): void {
  const dashboard = dashboardIn(arn);
  const kind = call.state.alarms.get(nameIn(arn))?.kind;
  const ofAlarm = kind === 'CompositeAlarm' ? kind : 'Alarm';
  call.announce({
    kind: 'UPDATE',
    type: `AWS::CloudWatch::${dashboard === undefined ? ofAlarm : 'Dashboard'}`,
    id: dashboard ?? nameIn(arn),
  });
}
