import {
  type ComputePlatform,
  type CreateDeploymentConfigInput,
  DeploymentConfigAlreadyExistsException,
  DeploymentConfigDoesNotExistException,
  type DeploymentConfigInfo,
  DeploymentConfigInUseException,
  DeploymentConfigNameRequiredException,
  InvalidDeploymentConfigNameException,
  InvalidMinimumHealthyHostValueException,
  InvalidOperationException,
  InvalidTrafficRoutingConfigurationException,
  type TrafficRoutingConfig,
} from '@aws-sdk/client-codedeploy';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { invalidToken } from './pages';
import { predefinedConfigs } from './predefined-configs';
import type { CodeDeployCall, CodeDeployHandlers } from './state';

export const configs = {
  CreateDeploymentConfig(input, call) {
    const { computePlatform = 'Server' } = input;
    const name = checkedName(input.deploymentConfigName);
    if (predefinedConfigs.has(name) || call.state.configs.has(name))
      throw refuse(
        DeploymentConfigAlreadyExistsException,
        `Deployment Configuration already exists: ${name}`, // text unverified
      );
    const info = {
      deploymentConfigId: call.random.uuid(),
      deploymentConfigName: name,
      computePlatform,
      createTime: call.now(),
      ...rulesOf(input, computePlatform),
    };
    call.state.configs.set(name, info);
    announce('CREATE', name, call);
    return { deploymentConfigId: info.deploymentConfigId };
  },

  GetDeploymentConfig({ deploymentConfigName: name }, call) {
    if (!name) throw nameRequired();
    return { deploymentConfigInfo: findConfig(name, call) };
  },

  ListDeploymentConfigs({ nextToken }, { state }) {
    const names = [...predefinedConfigs.keys(), ...state.configs.keys()].toSorted();
    const { page, next } = paginate(names, nextToken, invalidToken(100));
    return { deploymentConfigsList: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  DeleteDeploymentConfig({ deploymentConfigName: name }, call) {
    if (!name) throw nameRequired();
    // Both texts unverified.
    if (predefinedConfigs.has(name))
      throw refuse(InvalidOperationException, `${name} is a predefined configuration`);
    const isUsed = [...call.state.applications.values()].some(({ groups }) =>
      [...groups.values()].some(({ info }) => info.deploymentConfigName === name),
    );
    if (isUsed) throw refuse(DeploymentConfigInUseException, `${name} is in use`);
    if (call.state.configs.delete(name)) announce('DELETE', name, call);
  },
} satisfies CodeDeployHandlers;

/** A configuration of AWS's or of the account's own. */
export function findConfig(
  name: string,
  { state }: CodeDeployCall,
): DeploymentConfigInfo & { deploymentConfigName: string } {
  const found = predefinedConfigs.get(name) ?? state.configs.get(name);
  if (!found)
    throw refuse(
      DeploymentConfigDoesNotExistException,
      `No Deployment Configuration found for name: ${name}`,
    );
  return found;
}

const nameRequired = () =>
  refuse(DeploymentConfigNameRequiredException, 'Deployment configuration name is required'); // text unverified

const announce = (kind: 'CREATE' | 'DELETE', name: string, call: CodeDeployCall): void =>
  call.announce({ kind, type: 'AWS::CodeDeploy::DeploymentConfig', id: name });

function checkedName(name: string | undefined): string {
  if (!name) throw nameRequired();
  // https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html; text unverified.
  if (
    name.length > 100 ||
    !/^[A-Za-z0-9._+=,@-]+$/.test(name) ||
    name.startsWith('CodeDeployDefault.')
  )
    throw refuse(
      InvalidDeploymentConfigNameException,
      `Invalid deployment configuration name ${name}`,
    );
  return name;
}

/** What the configuration says of hosts (Server) or of traffic (Lambda, ECS). */
function rulesOf(
  { minimumHealthyHosts, trafficRoutingConfig, zonalConfig }: CreateDeploymentConfigInput,
  platform: ComputePlatform,
): Pick<DeploymentConfigInfo, 'minimumHealthyHosts' | 'trafficRoutingConfig' | 'zonalConfig'> {
  if (platform === 'Server') {
    if (!minimumHealthyHosts)
      // text unverified
      throw refuse(InvalidMinimumHealthyHostValueException, 'Minimum healthy hosts is required');
    return { minimumHealthyHosts, ...(zonalConfig === undefined ? {} : { zonalConfig }) };
  }
  return { trafficRoutingConfig: checkedRouting(trafficRoutingConfig) };
}

const isShare = (share: number | undefined) =>
  Number.isInteger(share) && share! >= 1 && share! <= 99;

// https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations-create.html
const isInterval = (minutes: number | undefined) =>
  Number.isInteger(minutes) && minutes! >= 1 && minutes! <= 2880;

function checkedRouting(routing: TrafficRoutingConfig | undefined): TrafficRoutingConfig {
  if (routing && isRouting(routing)) return routing;
  throw refuse(
    InvalidTrafficRoutingConfigurationException,
    'The traffic routing configuration is not valid', // text unverified
  );
}

function isRouting({ type, timeBasedCanary, timeBasedLinear }: TrafficRoutingConfig): boolean {
  const { canaryPercentage, canaryInterval } = timeBasedCanary ?? {};
  const { linearPercentage, linearInterval } = timeBasedLinear ?? {};
  const isCanary = isShare(canaryPercentage) && isInterval(canaryInterval);
  const isLinear = isShare(linearPercentage) && isInterval(linearInterval);
  return (
    { AllAtOnce: true, TimeBasedCanary: isCanary, TimeBasedLinear: isLinear }[type as string] ??
    false
  );
}
