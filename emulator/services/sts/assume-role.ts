import type { IAM } from '@aws-sdk/client-iam';
import { type AssumeRoleRequest, MalformedPolicyDocumentException } from '@aws-sdk/client-sts';
import { accessDenied, evaluate, type Evaluation, malformedPolicy } from '../../authorisation';
import { type AwsError, awsError } from '../../errors';
import { rootOf, sessionOf } from '../../principal';
import { refuse } from '../../refuse';
import { requestContext } from './permissions';
import { sessionTags } from './session-tags';
import { openSession } from './sessions';
import type { StsCall, StsHandlers } from './state';

const hour = 3600;

/** Sessions of roles; who may have one was decided before, except for the account's root. */
export const assumeRole = {
  async AssumeRole(input, call) {
    const { RoleArn: roleArn = '', RoleSessionName: name = '' } = input;
    checkInput(input);
    const role = await findRole(roleArn, input, call);
    const seconds = durationOf(input, call, role.longest);
    const principal = sessionOf(roleArn, name);
    const userId = `${role.id}:${name}`;
    const credentials = openSession(call, {
      principal,
      userId,
      seconds,
      sessionPolicies: await sessionPolicies(input, call),
      ...sessionTags(input, call),
    });
    return {
      Credentials: credentials,
      AssumedRoleUser: { AssumedRoleId: userId, Arn: principal.arn },
      ...(input.Policy === undefined && !input.PolicyArns?.length ? {} : { PackedPolicySize: 1 }),
    };
  },
} satisfies StsHandlers;

function checkInput({
  RoleArn: arn = '',
  RoleSessionName: name = '',
  ...input
}: AssumeRoleRequest) {
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn))
    throw awsError('ValidationError', `${arn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw invalid(
      'roleSessionName',
      name,
      String.raw`Member must satisfy regular expression pattern: [\w+=,.@-]*`,
    );
  if (input.SourceIdentity !== undefined || input.SerialNumber !== undefined)
    throw awsError('ValidationError', 'SourceIdentity and MFA are not emulated.');
}

const invalid = (member: string, value: string | number, constraint: string): AwsError =>
  awsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

async function findRole(roleArn: string, input: AssumeRoleRequest, call: StsCall) {
  const request = { principal: call.principal, action: 'sts:AssumeRole', resource: roleArn };
  const iam = iamOf(roleArn, call);
  const role = await iam
    .getRole({ RoleName: roleArn.slice(roleArn.lastIndexOf('/') + 1) })
    .then(({ Role: found }) => (found?.Arn === roleArn ? found : undefined), ifMissing);
  if (!role) throw accessDenied('sts', request, nobody);
  if (call.principal.type === 'root') {
    const trust = decodeURIComponent(role.AssumeRolePolicyDocument ?? '');
    const decision = evaluate(
      { identityPolicies: [everything], resourcePolicy: trust },
      { ...request, context: requestContext(input) },
    );
    if (decision.decision !== 'allowed') throw accessDenied('sts', request, decision);
  }
  return { id: role.RoleId, longest: role.MaxSessionDuration ?? hour };
}

const nobody: Evaluation = { decision: 'implicitDeny', matched: [] };

/** Root may do everything in its own account, yet a trust policy binds it as anyone else. */
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

function ifMissing(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'NoSuchEntityException')) throw error;
}

const iamOf = (roleArn: string, call: StsCall): IAM =>
  call.client<IAM>('iam', { principal: rootOf(roleArn.split(':')[4] ?? '') });

function durationOf(input: AssumeRoleRequest, { principal }: StsCall, longest: number): number {
  const { DurationSeconds: seconds = hour } = input;
  if (seconds < 900)
    throw invalid(
      'durationSeconds',
      seconds,
      'Member must have value greater than or equal to 900',
    );
  if (principal.type === 'role' && seconds > hour)
    throw awsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  if (seconds > longest)
    throw awsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  return seconds;
}

async function sessionPolicies(input: AssumeRoleRequest, call: StsCall): Promise<string[]> {
  const { Policy: inline, PolicyArns: arns = [], RoleArn: roleArn = '' } = input;
  const complaint = inline === undefined ? undefined : malformedPolicy(inline, 'identity');
  if (complaint !== undefined) throw refuse(MalformedPolicyDocumentException, complaint);
  const iam = iamOf(roleArn, call);
  const managed = await Promise.all(arns.map(({ arn }) => documentOf(iam, arn)));
  return [...(inline === undefined ? [] : [inline]), ...managed];
}

async function documentOf(iam: IAM, arn: string | undefined): Promise<string> {
  const { Policy: policy } = await iam.getPolicy({ PolicyArn: arn });
  const { PolicyVersion: version } = await iam.getPolicyVersion({
    PolicyArn: arn,
    VersionId: policy?.DefaultVersionId,
  });
  return decodeURIComponent(version?.Document ?? '');
}
