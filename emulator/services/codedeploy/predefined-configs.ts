import type { DeploymentConfigInfo, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';
import { table } from '../../table';

type Named = DeploymentConfigInfo & { deploymentConfigName: string };

/** Made by AWS before there were users, so that they sort before all others. */
const createTime = new Date('2017-11-01T00:00:00Z');

const canary = (canaryPercentage: number, canaryInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage, canaryInterval },
});

const linear = (linearPercentage: number, linearInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage, linearInterval },
});

const allAtOnce: TrafficRoutingConfig = { type: 'AllAtOnce' };

const routed: Record<string, [DeploymentConfigInfo['computePlatform'], TrafficRoutingConfig]> =
  table({
    LambdaAllAtOnce: ['Lambda', allAtOnce],
    LambdaCanary10Percent5Minutes: ['Lambda', canary(10, 5)],
    LambdaCanary10Percent10Minutes: ['Lambda', canary(10, 10)],
    LambdaCanary10Percent15Minutes: ['Lambda', canary(10, 15)],
    LambdaCanary10Percent30Minutes: ['Lambda', canary(10, 30)],
    LambdaLinear10PercentEvery1Minute: ['Lambda', linear(10, 1)],
    LambdaLinear10PercentEvery2Minutes: ['Lambda', linear(10, 2)],
    LambdaLinear10PercentEvery3Minutes: ['Lambda', linear(10, 3)],
    LambdaLinear10PercentEvery10Minutes: ['Lambda', linear(10, 10)],
    ECSAllAtOnce: ['ECS', allAtOnce],
    ECSCanary10Percent5Minutes: ['ECS', canary(10, 5)],
    ECSCanary10Percent15Minutes: ['ECS', canary(10, 15)],
    ECSLinear10PercentEvery1Minutes: ['ECS', linear(10, 1)],
    ECSLinear10PercentEvery3Minutes: ['ECS', linear(10, 3)],
  });

const healthy: Record<string, DeploymentConfigInfo['minimumHealthyHosts']> = table({
  AllAtOnce: { type: 'HOST_COUNT', value: 0 },
  HalfAtATime: { type: 'FLEET_PERCENT', value: 50 },
  OneAtATime: { type: 'HOST_COUNT', value: 1 },
});

const named = (name: string, info: Omit<DeploymentConfigInfo, 'deploymentConfigName'>): Named => ({
  deploymentConfigId: `00000000-0000-0000-0000-${Buffer.from(name).toString('hex').slice(-12)}`,
  deploymentConfigName: `CodeDeployDefault.${name}`,
  createTime,
  ...info,
});

/**
 * The configurations that every account has
 * (https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html).
 */
export const predefinedConfigs: ReadonlyMap<string, Named> = new Map(
  [
    ...Object.entries(healthy).map(([name, minimumHealthyHosts]) =>
      named(name, { computePlatform: 'Server', minimumHealthyHosts }),
    ),
    ...Object.entries(routed).map(([name, [computePlatform, trafficRoutingConfig]]) =>
      named(name, { computePlatform, trafficRoutingConfig }),
    ),
  ].map((config) => [config.deploymentConfigName, config]),
);
