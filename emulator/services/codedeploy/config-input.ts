import {
  type ComputePlatform,
  type CreateDeploymentConfigInput,
  type DeploymentConfigInfo,
  InvalidDeploymentConfigNameException,
  InvalidMinimumHealthyHostValueException,
  InvalidTrafficRoutingConfigurationException,
  InvalidZonalDeploymentConfigurationException,
  type TrafficRoutingConfig,
} from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';

// Texts that name no other source were measured on AWS by
// https://github.com/badmintoncryer/cdk-preflight (rules/codedeploy), which leaves out their codes.

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
export function checkConfigName(name: string): void {
  if (name.startsWith('CodeDeployDefault.'))
    throw refuse(
      InvalidDeploymentConfigNameException,
      'The prefix CodeDeployDefault. is reserved for predefined configuration names',
    );
  if (name.length > 100 || !/^[A-Za-z0-9._+=,@-]+$/.test(name))
    throw refuse(
      InvalidDeploymentConfigNameException,
      `Invalid deployment configuration name ${name}`, // text unverified
    );
}

type Rules = Pick<
  DeploymentConfigInfo,
  'minimumHealthyHosts' | 'trafficRoutingConfig' | 'zonalConfig'
>;

/** What the configuration says of hosts (Server) or of traffic (Lambda, ECS). */
export const rulesOf = (input: CreateDeploymentConfigInput, platform: ComputePlatform): Rules =>
  platform === 'Server' ? rulesForHosts(input) : rulesForTraffic(input, platform);

function rulesForHosts(input: CreateDeploymentConfigInput): Rules {
  const { minimumHealthyHosts, trafficRoutingConfig, zonalConfig } = input;
  if (trafficRoutingConfig)
    throw routing(
      'Traffic routing configuration should be null for Server deployment configuration',
    );
  if (!minimumHealthyHosts) throw hosts('minimum healthy hosts argument is missing');
  return { minimumHealthyHosts, ...(zonalConfig === undefined ? {} : { zonalConfig }) };
}

function rulesForTraffic(
  { minimumHealthyHosts, trafficRoutingConfig, zonalConfig }: CreateDeploymentConfigInput,
  platform: ComputePlatform,
): Rules {
  if (minimumHealthyHosts)
    throw hosts(`minimum healthy hosts should be null for ${platform} deployment configuration`);
  if (zonalConfig)
    throw refuse(
      InvalidZonalDeploymentConfigurationException,
      'Zonal deployments are only supported with EC2 deployments.',
    );
  if (!trafficRoutingConfig)
    throw routing(
      'Traffic routing configuration cannot be null nor empty for deployment configurations on this platform.',
    );
  checkRouting(trafficRoutingConfig);
  return { trafficRoutingConfig };
}

const hosts = (message: string) => refuse(InvalidMinimumHealthyHostValueException, message);

const routing = (message: string) => refuse(InvalidTrafficRoutingConfigurationException, message);

function checkRouting({ type = '', timeBasedCanary, timeBasedLinear }: Routing): void {
  if (!/^(AllAtOnce|TimeBasedCanary|TimeBasedLinear)$/.test(type))
    throw routing('The traffic routing configuration is not valid'); // text unverified
  checkBlock('TimeBasedCanary', timeBasedCanary, type);
  checkBlock('TimeBasedLinear', timeBasedLinear, type);
  if (timeBasedCanary) checkCanary(timeBasedCanary);
  if (timeBasedLinear) checkLinear(timeBasedLinear);
}

type Routing = Partial<Omit<TrafficRoutingConfig, 'type'>> & { type?: string | undefined };

/** A type has its own block and no other. */
function checkBlock(name: string, block: object | undefined, type: string): void {
  if (block && name !== type) throw routing(`${name}Configuration should be null for ${type} type`);
  if (!block && name === type)
    throw routing(`${name}Configuration should not be null for ${type} type`);
}

const longestMinutes = 2880;

function checkCanary({ canaryPercentage, canaryInterval }: Routing['timeBasedCanary'] & {}): void {
  checkShare(canaryPercentage);
  if (!isWithin(canaryInterval, longestMinutes))
    throw routing('Canary interval must be between 1 and 2880 minutes (2 days)');
}

/** All steps together may take two days; what remains behind the last whole step takes no time. */
function checkLinear({ linearPercentage, linearInterval }: Routing['timeBasedLinear'] & {}): void {
  checkShare(linearPercentage);
  const steps = Math.floor(100 / (linearPercentage ?? 1));
  if (!isWithin(linearInterval, longestMinutes / steps))
    throw routing(
      'Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)',
    );
}

function checkShare(share: number | undefined): void {
  if (!isWithin(share, 99)) throw routing('Valid traffic routing percentage is from 1 to 99');
}

const isWithin = (value: number | undefined, most: number): boolean =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= most;
