import type { MessageAttributeValue } from '@aws-sdk/client-sns';

/** A message on its way to the subscribers. */
export interface Publication {
  id: string;
  topicArn: string;
  subject: string | undefined;
  /** The text for a protocol: with MessageStructure json each may have its own. */
  messageFor: (protocol: string) => string;
  attributes: Record<string, MessageAttributeValue>;
  at: Date;
  /** MessageGroupId. */
  group?: string;
  /** Of a FIFO topic only. */
  deduplicationId?: string;
  sequence?: string;
}
