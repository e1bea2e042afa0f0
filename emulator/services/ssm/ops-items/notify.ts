import type { SNS } from '@aws-sdk/client-sns';
import type { Call } from '../../../call';
import type { SsmState } from '../state';
import { opsItemArn, type StoredOpsItem } from './store';

type SsmCall = Call<SsmState>;

/** Internal name of the resource; CloudFormation has no such type. */
export const opsItemType = 'AWS::SSM::OpsItem';

/** Tells the event bus, the feed and the topics that an OpsItem asks for. */
export function notifyOpsItem(item: StoredOpsItem, what: 'Create' | 'Update', call: SsmCall): void {
  call.touch();
  const arn = opsItemArn(item.id, call);
  call.announce({ kind: what === 'Create' ? 'CREATE' : 'UPDATE', type: opsItemType, id: item.id });
  call.emit({
    source: 'aws.ssm',
    detailType: `OpsItem ${what}`,
    resources: [arn],
    detail: {
      'created-by': item.createdBy,
      'created-time': item.createdAt.toISOString(),
      ...(what === 'Update' && {
        'modified-by': item.modifiedBy,
        'modified-time': item.modifiedAt.toISOString(),
      }),
      source: item.source,
      status: item.status,
      'ops-item-id': item.id,
      title: item.title,
      'ops-item-type': item.type,
      description: item.description,
    },
  });
  for (const { Arn = '' } of item.notifications ?? []) publish(item, { Arn, arn }, call);
}

/** AWS edits and creates tell the topics of an OpsItem; a topic that does not let it in hears nothing. */
function publish(item: StoredOpsItem, { Arn, arn }: { Arn: string; arn: string }, call: SsmCall) {
  call.background(async () => {
    const sns = call.client<SNS>('sns', call.asService('ssm.amazonaws.com', arn));
    // The layout of this message is not verified.
    const Message = JSON.stringify({ opsItemId: item.id, title: item.title, status: item.status });
    await sns.publish({ TopicArn: Arn, Subject: `OpsItem ${item.id}`, Message }).catch(() => {});
  });
}
