import { type Clients, queueUrl } from './load';

/** The names of all writes of a round that are there after a restart. */
export async function foundOf(clients: Clients, round: number): Promise<Set<string>> {
  const found = await Promise.all([
    objects(clients, round),
    parameters(clients, round),
    messages(clients),
  ]);
  return new Set(found.flat());
}

async function objects({ s3 }: Clients, round: number): Promise<string[]> {
  const names: string[] = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await s3.listObjectsV2({
      Bucket: 'kept',
      Prefix: `${round}/`,
      ContinuationToken: token,
    });
    names.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    token = page.NextContinuationToken;
  }
  // A listed object whose body is gone would be a lost file.
  const last = names.at(-1);
  if (last)
    await s3.getObject({ Bucket: 'kept', Key: last }).then(({ Body }) => Body?.transformToString());
  return names;
}

async function parameters({ ssm }: Clients, round: number): Promise<string[]> {
  const names: string[] = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await ssm.describeParameters({
      ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: [`/${round}`] }],
      MaxResults: 50,
      NextToken: token,
    });
    names.push(...(page.Parameters ?? []).map(({ Name = '' }) => Name.slice(1)));
    token = page.NextToken;
  }
  return names;
}

/** Takes the messages out, so that each round finds its own only. */
async function messages({ sqs }: Clients): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
    });
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    await sqs.deleteMessageBatch({
      QueueUrl: queueUrl,
      Entries: Messages.map(({ ReceiptHandle = '' }, index) => ({ Id: `${index}`, ReceiptHandle })),
    });
  }
}
