import { CloudFormation, type Stack as Deployed } from '@aws-sdk/client-cloudformation';
import { App, type Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { GradedTarget } from '../../checker/connect';
import { inProcessConfiguration } from '../../emulator/clients';
import type { emulated } from './emulated';

/** The class that a lab's `stack.ts` exports. */
export type StackClass<S extends Stack = Stack> = new (
  scope: Construct,
  id: string,
  props?: StackProps,
) => S;

type Emulated = ReturnType<typeof emulated>;

/** The target that a lab is graded on: the emulator in this process, on its frozen clock. */
export function targetOf({ core, clock }: Emulated, accessKeyId = '000000000000'): GradedTarget {
  const { requestHandler } = inProcessConfiguration('us-east-1', (request) => core.handle(request));
  return {
    name: 'emulator',
    connection: {
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1',
      credentials: { accessKeyId, secretAccessKey: 'test' },
      requestHandler: requestHandler as NonNullable<GradedTarget['connection']['requestHandler']>,
    },
    clock: {
      now: clock.now,
      wait: (milliseconds) => core.clock.jump(milliseconds),
      pass: (milliseconds) => core.clock.advance(milliseconds),
    },
  };
}

/** The template that the CDK makes of a stack; `change` may spoil the stack first. */
export function synthesised<S extends Stack>(
  Class: StackClass<S>,
  name: string,
  change: (stack: S) => void = () => {},
): string {
  const app = new App({ analyticsReporting: false });
  change(new Class(app, name));
  return JSON.stringify(app.synth().getStackByName(name).template);
}

/** Creates the stack or updates it, and waits until CloudFormation is done. */
export async function deploy(here: Emulated, StackName: string, TemplateBody: string) {
  const cloudformation = here.client(CloudFormation);
  const input = {
    StackName,
    TemplateBody,
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    Tags: [{ Key: 'dop-labs:lab', Value: StackName.slice(0, 6) }],
  };
  const exists = (await stackOf(cloudformation, StackName)) !== undefined;
  await (exists ? updated(cloudformation, input) : cloudformation.createStack(input));
  await here.clock.settle();
  const stack = await stackOf(cloudformation, StackName);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack?.StackStatus ?? '')) {
    throw new Error(
      `${StackName} ended ${stack?.StackStatus}: ${await whyFailed(here, StackName)}`,
    );
  }
}

/** The same answer as before is deployed already. */
async function updated(
  cloudformation: CloudFormation,
  input: Parameters<CloudFormation['updateStack']>[0],
): Promise<void> {
  try {
    await cloudformation.updateStack(input);
  } catch (error) {
    const isSame = error instanceof Error && error.message === 'No updates are to be performed.';
    if (!isSame) throw error;
  }
}

export async function destroy(here: Emulated, StackName: string): Promise<void> {
  const cloudformation = here.client(CloudFormation);
  await cloudformation.deleteStack({ StackName });
  await here.clock.settle();
  const left = await stackOf(cloudformation, StackName);
  if (left) {
    throw new Error(
      `${StackName} is left ${left.StackStatus}: ${await whyFailed(here, StackName)}`,
    );
  }
}

async function stackOf(
  cloudformation: CloudFormation,
  name: string,
): Promise<Deployed | undefined> {
  const { Stacks = [] } = await cloudformation.describeStacks({});
  return Stacks.find(({ StackName }) => StackName === name);
}

async function whyFailed(here: Emulated, StackName: string): Promise<string> {
  const { StackEvents = [] } = await here.client(CloudFormation).describeStackEvents({ StackName });
  const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('FAILED'));
  return failed
    .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
    .join('; ');
}
