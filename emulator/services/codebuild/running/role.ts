import type { STS } from '@aws-sdk/client-sts';
import { type Caller, sessionOf } from '../../../principal';
import type { SessionCredentials } from '../../../runtime';
import { invalid } from '../project-input';
import type { CodeBuildCall, StoredBuild } from '../state';

const itself = 'codebuild.amazonaws.com';

const sessionName = ({ info }: StoredBuild): string => `AWSCodeBuild-${info.id.split(':')[1]}`;

/** Credentials for the commands of a build. */
export async function assumeServiceRole(
  build: StoredBuild,
  call: CodeBuildCall,
): Promise<SessionCredentials> {
  const RoleArn = build.info.serviceRole ?? '';
  const sts = call.client<STS>('sts', call.asService(itself, build.info.arn));
  try {
    const { Credentials = {} } = await sts.assumeRole({
      RoleArn,
      RoleSessionName: sessionName(build),
    });
    return Credentials;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    throw invalid(`CodeBuild is not authorized to perform: sts:AssumeRole on ${RoleArn}`);
  }
}

/** CodeBuild itself under the build's role: for source, artifacts, logs, parameters and secrets. */
export const roleOf = (build: StoredBuild): Caller => ({
  principal: sessionOf(build.info.serviceRole ?? '', sessionName(build)),
});
