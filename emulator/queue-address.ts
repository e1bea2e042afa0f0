/** The account and name that a queue URL or ARN ends with. */
export interface QueueAddress {
  accountId: string;
  name: string;
}

export const queueUrlAt = (endpoint: string, { accountId, name }: QueueAddress): string =>
  `${endpoint}/${accountId}/${name}`;

/** Any host will do: the last two segments of the path name the queue. */
export function readQueueUrl(url: string): QueueAddress | undefined {
  const [, accountId, name] = /\/(\d{12})\/([\w-]+(?:\.fifo)?)\/?$/.exec(url) ?? [];
  return accountId && name ? { accountId, name } : undefined;
}
