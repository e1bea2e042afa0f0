import {
  ApplicationDoesNotExistException,
  ApplicationNameRequiredException,
  DeploymentDoesNotExistException,
  DeploymentGroupDoesNotExistException,
  DeploymentGroupNameRequiredException,
  DeploymentIdRequiredException,
  InvalidDeploymentIdException,
} from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';
import type { Permission } from '../../service';
import type { Application, CodeDeployCall, Deployment, Group } from './state';

/**
 * Throws AWS's refusal of an application that is not named or not there
 * (https://github.com/aws/aws-cli/issues/2270 shows the text of the latter).
 */
export function findApplication(name: string | undefined, { state }: CodeDeployCall): Application {
  if (!name) throw applicationNameRequired();
  const found = state.applications.get(name);
  if (!found)
    throw refuse(ApplicationDoesNotExistException, `No application found for name: ${name}`);
  return found;
}

/** Text unverified. */
export const groupNameRequired = (): Error =>
  refuse(DeploymentGroupNameRequiredException, 'Deployment Group name is missing');

/** Text unverified. */
export const applicationNameRequired = (): Error =>
  refuse(ApplicationNameRequiredException, 'Application name is missing');

interface NamesGroup {
  applicationName: string | undefined;
  deploymentGroupName: string | undefined;
}

export function findGroup(
  { applicationName, deploymentGroupName: name }: NamesGroup,
  call: CodeDeployCall,
): Group {
  const application = findApplication(applicationName, call);
  if (!name) throw groupNameRequired();
  const found = application.groups.get(name);
  if (!found)
    throw refuse(
      DeploymentGroupDoesNotExistException,
      `No Deployment Group found for name: ${name}`, // text unverified
    );
  return found;
}

/** Texts unverified. */
export function checkDeploymentId(id: string | undefined): asserts id is string {
  if (!id) throw refuse(DeploymentIdRequiredException, 'Deployment ID is missing');
  if (!/^d-[A-Z0-9]{9}$/.test(id))
    throw refuse(
      InvalidDeploymentIdException,
      `Specified DeploymentId is not in the valid format: ${id}`,
    );
}

export function findDeployment(id: string | undefined, { state }: CodeDeployCall): Deployment {
  checkDeploymentId(id);
  const found = state.deployments.get(id);
  if (!found)
    throw refuse(
      DeploymentDoesNotExistException,
      `The deployment ${id} could not be found`, // text unverified
    );
  return found;
}

/** The group that a deployment belongs to; a group that was deleted meanwhile is gone. */
export const groupOf = (
  { applicationName, groupName }: Deployment,
  { state }: CodeDeployCall,
): Group | undefined => state.applications.get(applicationName)?.groups.get(groupName);

export const applicationArn = (name: string, call: CodeDeployCall): string =>
  call.arn(`application:${name}`);

export const groupArn = (application: string, group: string, call: CodeDeployCall): string =>
  call.arn(`deploymentgroup:${application}/${group}`);

/** One action on the application that the input names. */
export const onApplication =
  (action: string) =>
  (
    { applicationName = '' }: { applicationName?: string | undefined },
    call: CodeDeployCall,
  ): Permission => ({
    action: `codedeploy:${action}`,
    resources: [applicationArn(applicationName, call)],
  });

/** One action on the deployment group that the input names. */
export const onGroup =
  (action: string) =>
  (
    input: {
      applicationName?: string | undefined;
      deploymentGroupName?: string | undefined;
      currentDeploymentGroupName?: string | undefined;
    },
    call: CodeDeployCall,
  ): Permission => {
    const group = input.deploymentGroupName ?? input.currentDeploymentGroupName ?? '';
    return {
      action: `codedeploy:${action}`,
      resources: [groupArn(input.applicationName ?? '', group, call)],
    };
  };

/** One action on the group of the deployment that the input names. */
export const onDeployment =
  (action: string) =>
  ({ deploymentId = '' }: { deploymentId?: string | undefined }, call: CodeDeployCall) => {
    const found = call.state.deployments.get(deploymentId);
    const resource = found ? groupArn(found.applicationName, found.groupName, call) : '*';
    return { action: `codedeploy:${action}`, resources: [resource] };
  };
