import type { Lambda } from '@aws-sdk/client-lambda';
import type { RotateSecretRequest } from '@aws-sdk/client-secrets-manager';
import { announce } from './announce';
import { awsError } from '../../errors';
import { checkToken, invalidRequest } from './errors';
import { findLiving, staged } from './find-secret';
import { checkRules, nextRotation } from './rotation-rules';
import type { Secret, SecretsCall, SecretsHandlers, Version } from './state';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

type Step = (typeof steps)[number];

/** Rotation by a function, in four steps. */
export const rotation = {
  async RotateSecret(input, call) {
    checkToken(input.ClientRequestToken);
    const secret = findLiving(input.SecretId, call);
    const functionArn = input.RotationLambdaARN ?? secret.rotation?.functionArn;
    if (functionArn === undefined)
      throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
    checkRules(input.RotationRules);
    await checkFunction(functionArn, secret, call);
    const pending = pendingVersion(secret, input, call);
    secret.rotation = {
      ...secret.rotation,
      isEnabled: true,
      functionArn,
      rules: input.RotationRules ?? secret.rotation?.rules ?? { AutomaticallyAfterDays: 30 },
    };
    schedule(secret, call);
    announce('UPDATE', secret, call);
    const isNow = input.RotateImmediately ?? true;
    call.background(() =>
      isNow ? rotate(secret, pending, call) : rehearse(secret, pending, call),
    );
    return { ARN: secret.arn, Name: secret.name, VersionId: pending.id };
  },

  CancelRotateSecret({ SecretId: id }, call) {
    const secret = findLiving(id, call);
    if (secret.rotation) secret.rotation.isEnabled = false;
    call.timers.cancel(timerOf(secret));
    const pending = staged(secret, 'AWSPENDING');
    announce('UPDATE', secret, call);
    return {
      ARN: secret.arn,
      Name: secret.name,
      ...(pending ? { VersionId: pending.id } : {}),
    };
  },
} satisfies SecretsHandlers;

const timerOf = ({ arn }: Secret): string => `rotate:${arn}`;

/** The next time that the rules ask for. */
function schedule(secret: Secret, call: SecretsCall): void {
  const { rotation: how } = secret;
  if (!how?.isEnabled) return;
  how.nextAt = nextRotation(how.rules, call.now());
  if (!how.nextAt) return;
  call.timers.set({
    name: 'rotate',
    at: how.nextAt,
    payload: { name: secret.name },
    id: timerOf(secret),
  });
}

/** A rotation that the rules ask for; one that failed before is tried again. */
export async function rotateWhenDue({ name }: { name: string }, call: SecretsCall): Promise<void> {
  const secret = call.state.secrets.get(name);
  if (!secret?.rotation?.isEnabled || secret.deletedAt) return;
  schedule(secret, call);
  const unfinished = staged(secret, 'AWSPENDING');
  const pending =
    unfinished && !unfinished.stages.has('AWSCURRENT')
      ? unfinished
      : newPending(secret, call.random.uuid(), call);
  await rotate(secret, pending, call);
}

/** A second rotation waits for the first: AWS says so and tries that one again. */
function pendingVersion(secret: Secret, input: RotateSecretRequest, call: SecretsCall): Version {
  const unfinished = staged(secret, 'AWSPENDING');
  const isOpen = unfinished !== undefined && !unfinished.stages.has('AWSCURRENT');
  if (isOpen && unfinished.id !== input.ClientRequestToken) {
    call.background(() => rotate(secret, unfinished, call));
    throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
  }
  return isOpen
    ? unfinished
    : newPending(secret, input.ClientRequestToken ?? call.random.uuid(), call);
}

function newPending(secret: Secret, id: string, call: SecretsCall): Version {
  staged(secret, 'AWSPENDING')?.stages.delete('AWSPENDING');
  const version = secret.versions.get(id) ?? { id, createdAt: call.now(), stages: new Set() };
  version.stages.add('AWSPENDING');
  secret.versions.set(id, version);
  return version;
}

/** All four steps; the first that fails ends it, and AWSPENDING shows that it is not done. */
async function rotate(secret: Secret, pending: Version, call: SecretsCall): Promise<void> {
  for (const step of steps) if (!(await succeeds(step, { secret, pending }, call))) return;
  call.touch();
  if (!pending.stages.has('AWSCURRENT') || !secret.rotation) return;
  pending.stages.delete('AWSPENDING');
  secret.rotation.lastAt = call.now();
  announce('UPDATE', secret, call);
}

/** A rotation that is to begin later is tried out with the testing step alone. */
async function rehearse(secret: Secret, pending: Version, call: SecretsCall): Promise<void> {
  await succeeds('testSecret', { secret, pending }, call);
  pending.stages.delete('AWSPENDING');
  if (!pending.value) secret.versions.delete(pending.id);
  call.touch();
}

async function succeeds(
  step: Step,
  { secret, pending }: { secret: Secret; pending: Version },
  call: SecretsCall,
): Promise<boolean> {
  const event = {
    Step: step,
    SecretId: secret.arn,
    ClientRequestToken: pending.id,
  };
  try {
    const { FunctionError: failure } = await lambdaOf(secret, call).invoke({
      FunctionName: secret.rotation?.functionArn,
      Payload: Buffer.from(JSON.stringify(event)),
    });
    return failure === undefined;
  } catch (error) {
    // The function is gone or lets nobody in: rotation fails, and nobody is there to be told.
    if (error instanceof Error) return false;
    throw error;
  }
}

const lambdaOf = ({ arn }: Secret, call: SecretsCall): Lambda =>
  call.client<Lambda>('lambda', call.asService('secretsmanager.amazonaws.com', arn));

/** Whether Secrets Manager may invoke the function is asked before anything is changed. */
async function checkFunction(
  functionArn: string,
  secret: Secret,
  call: SecretsCall,
): Promise<void> {
  try {
    await lambdaOf(secret, call).invoke({ FunctionName: functionArn, InvocationType: 'DryRun' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw awsError(
      'AccessDeniedException',
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
    );
  }
}
