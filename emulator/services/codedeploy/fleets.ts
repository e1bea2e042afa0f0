import {
  type ComputePlatform,
  InvalidAutoScalingGroupException,
  InvalidBlueGreenDeploymentConfigurationException,
  InvalidEC2TagCombinationException,
  InvalidEC2TagException,
  InvalidECSServiceException,
  InvalidLoadBalancerInfoException,
  InvalidOnPremisesTagCombinationException,
  InvalidTagException,
} from '@aws-sdk/client-codedeploy';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { table } from '../../table';

/** What chooses instances or containers, and the exception of it. */
const fleets: Record<string, Parameters<typeof refuse>[0]> = table({
  ec2TagFilters: InvalidEC2TagException,
  ec2TagSet: InvalidEC2TagCombinationException,
  onPremisesInstanceTagFilters: InvalidTagException,
  onPremisesTagSet: InvalidOnPremisesTagCombinationException,
  blueGreenDeploymentConfiguration: InvalidBlueGreenDeploymentConfigurationException,
  autoScalingGroups: InvalidAutoScalingGroupException,
  loadBalancerInfo: InvalidLoadBalancerInfoException,
  ecsServices: InvalidECSServiceException,
});

const notEmulated = ['autoScalingGroups', 'loadBalancerInfo', 'ecsServices'] as const;

/**
 * Lambda has no fleet, and AWS says so: https://github.com/badmintoncryer/cdk-preflight has measured
 * the sentence for tags and blue/green, each with an exception of its own (which one is unverified).
 * What is not emulated of other platforms is refused, instead of being kept and never acted upon.
 */
export function checkFleets(platform: ComputePlatform, input: object): void {
  if (platform === 'Lambda') refuseFleets(input);
  const given = notEmulated.find((name) => isSet(input, name));
  if (given)
    throw awsError('ValidationException', `${given} of a deployment group is not emulated`);
}

function refuseFleets(input: object): void {
  for (const [name, Exception] of Object.entries(fleets))
    if (isSet(input, name))
      throw refuse(Exception, `For Lambda deployment group, ${name} can not be specified`);
}

function isSet(input: object, name: string): boolean {
  const value = (input as Record<string, unknown>)[name];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
