import type { AliasConfiguration, Lambda } from '@aws-sdk/client-lambda';
import type { Caller } from '../../principal';
import type { Problem } from './alarms';
import type { AppSpec } from './app-spec';
import { groupOf } from './find';
import type { CodeDeployCall, Deployment } from './state';

const itself = 'codedeploy.amazonaws.com';

/** The group's service role, in a session of CodeDeploy's. */
export function roleOf(deployment: Deployment, call: CodeDeployCall): Promise<Caller> {
  const role = groupOf(deployment, call)?.info.serviceRoleArn ?? '';
  return call.assume(role, itself, deployment.id);
}

/** Speaks to Lambda under the service role; what AWS refuses or the work finds is the deployment's problem. */
export async function withRole(
  deployment: Deployment,
  call: CodeDeployCall,
  work: (lambda: Lambda) => Promise<Problem | undefined | void>,
): Promise<Problem | undefined> {
  try {
    const found = await work(call.client<Lambda>('lambda', await roleOf(deployment, call)));
    return found ?? undefined;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    return problemOf(error, groupOf(deployment, call)?.info.serviceRoleArn ?? '');
  }
}

/** Puts the alias where a share of the shift has it: the flip is at 1 and leaves no weights behind. */
export async function moveAlias(lambda: Lambda, spec: AppSpec, weight: number): Promise<void> {
  await lambda.updateAlias({
    FunctionName: spec.functionName,
    Name: spec.alias,
    FunctionVersion: weight >= 1 ? spec.targetVersion : spec.currentVersion,
    RoutingConfig: {
      AdditionalVersionWeights: weight >= 1 ? {} : { [spec.targetVersion]: weight },
    },
  });
}

/**
 * A shift begins at the version that the alias has and ends at another one
 * (https://github.com/aws/serverless-application-model/issues/291 and
 * https://github.com/terraform-aws-modules/terraform-aws-lambda/issues/82 show code and texts). What
 * CloudFormation takes back may lie anywhere between its two versions.
 */
export function misfit(
  { spec, creator }: Deployment,
  { FunctionVersion }: AliasConfiguration,
): Problem | undefined {
  if (creator === 'CloudFormationRollback') return undefined;
  if (FunctionVersion !== spec.currentVersion)
    return wrongAppSpec(
      ' The Lambda function alias version does not match the current version in AppSpec file.',
    );
  return spec.targetVersion === spec.currentVersion ? wrongAppSpec('') : undefined;
}

const wrongAppSpec = (reason: string): Problem => ({
  code: 'INVALID_LAMBDA_CONFIGURATION',
  message: `The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration.${reason}`,
});

function problemOf(error: Error, role: string): Problem {
  if (/AccessDenied/.test(error.name))
    // https://github.com/aws/serverless-application-model/issues/219 shows the text.
    return {
      code: 'IAM_ROLE_PERMISSIONS',
      message: `The IAM role ${role} does not give you permission to perform operations in the following AWS service: AWSLambda. Contact your AWS administrator if you need help. If you are an AWS administrator, you can grant permissions to your users or groups by creating IAM policies.`,
    };
  return { code: 'INVALID_LAMBDA_FUNCTION', message: error.message };
}
