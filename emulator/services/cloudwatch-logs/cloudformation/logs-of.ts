import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ignoring, tagsFor } from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
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
  const wanted = tagRecord(tagsFor(properties, context));
  const { tags = {} } = await logs.listTagsForResource({ resourceArn });
  const tagKeys = Object.keys(tags).filter((key) => !(key in wanted));
  if (tagKeys.length > 0) await logs.untagResource({ resourceArn, tagKeys });
  if (Object.keys(wanted).length > 0) await logs.tagResource({ resourceArn, tags: wanted });
}
