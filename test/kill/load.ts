import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';

/** A write that the emulator has answered, and when (wall milliseconds). */
export interface Acknowledged {
  what: string;
  at: number;
}

/** Three sleeps, each of which sets the timer of the next: as a canary does with its steps. */
const chain = JSON.stringify({
  schemaVersion: '0.3',
  mainSteps: ['first', 'second', 'third'].map((name) => ({
    name,
    action: 'aws:sleep',
    inputs: { Duration: 'PT1S' },
  })),
});

export const queueUrl = 'http://127.0.0.1:4566/000000000000/kept';

export const clientsOf = (endpoint: string) => {
  const configuration = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
    forcePathStyle: true,
    maxAttempts: 1,
  };
  return {
    s3: new S3(configuration),
    ssm: new SSM(configuration),
    sqs: new SQS({ ...configuration, useQueueUrlAsEndpoint: false }),
  };
};

export type Clients = ReturnType<typeof clientsOf>;

/** What the rounds write to; made before the first one and settled before anything is killed. */
export async function prepare({ s3, ssm, sqs }: Clients): Promise<void> {
  await s3.createBucket({ Bucket: 'kept' });
  await sqs.createQueue({ QueueName: 'kept' });
  await ssm.createDocument({ Name: 'chain', DocumentType: 'Automation', Content: chain });
}

/** Writes of every kind, as fast as they are answered, until the emulator is gone. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Automations that were started, by the id that was answered. */
  readonly automations: Acknowledged[] = [];
  private readonly clients: Clients;
  private readonly round: number;
  private readonly done: Promise<unknown>;

  constructor(clients: Clients, round: number) {
    this.clients = clients;
    this.round = round;
    const { s3, ssm, sqs } = clients;
    this.done = Promise.all([
      this.repeat((name) => s3.putObject({ Bucket: 'kept', Key: name, Body: name })),
      this.repeat((name) => ssm.putParameter({ Name: `/${name}`, Value: name, Type: 'String' })),
      this.repeat((name) =>
        sqs.sendMessage({ QueueUrl: queueUrl, MessageBody: name, DelaySeconds: 1 }),
      ),
      this.startAutomation(),
    ]);
  }

  /** Until every writer has met the end of the emulator. */
  async ended(): Promise<void> {
    await this.done;
  }

  private async startAutomation(): Promise<void> {
    const started = await this.clients.ssm
      .startAutomationExecution({ DocumentName: 'chain' })
      .catch(() => undefined);
    if (started?.AutomationExecutionId)
      this.automations.push({ what: started.AutomationExecutionId, at: performance.now() });
  }

  private async repeat(write: (name: string) => Promise<unknown>): Promise<void> {
    const kind = this.kinds++;
    for (let count = 0; ; count += 1) {
      const what = `${this.round}/${kind}/${count}`;
      try {
        await write(what);
      } catch {
        return;
      }
      this.acknowledged.push({ what, at: performance.now() });
    }
  }

  private kinds = 0;
}
