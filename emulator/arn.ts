/** The parts of an ARN; `resource` is all that stands behind the account. */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  resource: string;
}

/** Reads an ARN; `undefined` for a text that is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition = '', service = '', region = '', accountId = '', ...rest] =
    text.split(':');
  const resource = rest.join(':');
  if (prefix !== 'arn' || service === '' || resource === '') return undefined;
  return { partition, service, region, accountId, resource };
}
