import type { STS } from '@aws-sdk/client-sts';
import { awsError } from '../../errors';
import type { SessionCredentials } from '../../runtime';
import { invalid } from './errors';
import { functionArn } from './find-function';
import type { LambdaCall } from './state';

const itself = 'lambda.amazonaws.com';

/** Lambda takes the role on, as `<role>/<function>`; its trust policy must name Lambda. */
export async function assumeExecutionRole(
  role: string,
  functionName: string,
  call: LambdaCall,
): Promise<SessionCredentials> {
  const sts = call.client<STS>('sts', call.asService(itself, functionArn(functionName, call)));
  const RoleSessionName = sessionNameOf(functionName);
  try {
    const { Credentials = {} } = await sts.assumeRole({ RoleArn: role, RoleSessionName });
    return Credentials;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Text unverified: at creation AWS says the same as InvalidParameterValueException.
    throw awsError('AccessDeniedException', notAssumable, { status: 403 });
  }
}

/** The session's name is the function's, as far as STS takes it: two to 64 characters. */
export const sessionNameOf = (functionName: string): string =>
  functionName.slice(0, 64).padEnd(2, '_');

/** A function is not made with a role that Lambda may not take on. */
export async function checkExecutionRole(
  role: string,
  functionName: string,
  call: LambdaCall,
): Promise<void> {
  if (role.split(':')[4] !== call.accountId)
    throw awsError('AccessDeniedException', 'Cross-account pass role is not allowed.', {
      status: 403,
    });
  try {
    await assumeExecutionRole(role, functionName, call);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw invalid(notAssumable);
  }
}

const notAssumable = 'The role defined for the function cannot be assumed by Lambda.';

const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && error.name.startsWith('AccessDenied');
