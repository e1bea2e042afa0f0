import {
  type ComputePlatform,
  type DeploymentConfigInfo,
  InvalidComputePlatformException,
  InvalidDeploymentConfigNameException,
} from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';

// Both texts were measured on AWS by https://github.com/badmintoncryer/cdk-preflight.

const platforms = ['Server', 'Lambda', 'ECS', 'Kubernetes'];

export function checkPlatform(platform: string): asserts platform is ComputePlatform {
  if (!platforms.includes(platform))
    throw refuse(
      InvalidComputePlatformException,
      `ComputePlatform '${platform}' is not valid. Valid values are [${platforms.join(', ')}]`,
    );
}

/** A deployment configuration serves applications of its own compute platform; the code is unverified. */
export function checkSamePlatform(
  { computePlatform, deploymentConfigName: name }: DeploymentConfigInfo,
  platform: ComputePlatform,
): void {
  if (computePlatform !== platform)
    throw refuse(
      InvalidDeploymentConfigNameException,
      `Compute platform of deployment config ${name} does not match expected compute platform, correct compute platform should be ${platform}.`,
    );
}
