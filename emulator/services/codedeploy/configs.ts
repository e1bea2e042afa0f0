import {
  DeploymentConfigAlreadyExistsException,
  DeploymentConfigDoesNotExistException,
  type DeploymentConfigInfo,
  DeploymentConfigInUseException,
  DeploymentConfigNameRequiredException,
  InvalidOperationException,
} from '@aws-sdk/client-codedeploy';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkConfigName, rulesOf } from './config-input';
import { invalidToken } from './pages';
import { checkPlatform } from './platforms';
import { predefinedConfigs } from './predefined-configs';
import type { CodeDeployCall, CodeDeployHandlers } from './state';

export const configs = {
  CreateDeploymentConfig(input, call) {
    const { deploymentConfigName: name, computePlatform = 'Server' } = input;
    if (!name) throw nameRequired();
    checkConfigName(name);
    checkPlatform(computePlatform);
    if (call.state.configs.has(name))
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
      // https://github.com/aws/serverless-application-model/issues/836
      `No deployment configuration found for name: ${name}`,
    );
  return found;
}

const nameRequired = () =>
  refuse(DeploymentConfigNameRequiredException, 'Deployment configuration name is required'); // text unverified

const announce = (kind: 'CREATE' | 'DELETE', name: string, call: CodeDeployCall): void =>
  call.announce({ kind, type: 'AWS::CodeDeploy::DeploymentConfig', id: name });
