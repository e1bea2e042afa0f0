import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ignoring, tagsFor } from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
import { replaceTags } from '../../../cloudformation/replace-tags';
import { tagRecord } from '../../../tags';

export const logsOf = (context: ProviderContext): CloudWatchLogs =>
  context.client<CloudWatchLogs>('cloudwatch-logs');

/** Deletes what may be gone already, by itself or with its group. */
export const unlessGone = (work: Promise<unknown>): Promise<void> =>
  ignoring(['ResourceNotFoundException'], work);

/** What is answered, or nothing when the group that is asked is gone. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Makes the tags of an ARN those of the template and the stack. */
export async function updateTags(
  resourceArn: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const logs = logsOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () => Object.keys((await logs.listTagsForResource({ resourceArn })).tags ?? {}),
    remove: (tagKeys) => logs.untagResource({ resourceArn, tagKeys }),
    set: (tags) => logs.tagResource({ resourceArn, tags: tagRecord(tags) }),
  });
}
