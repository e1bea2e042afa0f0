import { InvalidInputException, NoSuchEntityException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { announceChange, roleNamed } from './entities';
import { roleShape } from './shapes';
import type { IamHandlers, Role } from './state';
import { table } from '../../table';

interface LinkedRole {
  name: string;
  policy: string;
  description: string;
  /** Whether the caller may append a suffix of its own. */
  suffix?: boolean;
}

/** What AWS makes for each service that is known here. */
const linkedRoles: Record<string, LinkedRole> = table({
  'autoscaling.amazonaws.com': {
    name: 'AWSServiceRoleForAutoScaling',
    policy: 'AutoScalingServiceRolePolicy',
    description:
      'Default Service-Linked Role enables access to AWS Services and Resources used or managed by Auto Scaling',
    suffix: true,
  },
  'config.amazonaws.com': {
    name: 'AWSServiceRoleForConfig',
    policy: 'AWSConfigServiceRolePolicy',
    description: 'A service-linked role required for AWS Config to access your resources.',
  },
  'guardduty.amazonaws.com': {
    name: 'AWSServiceRoleForAmazonGuardDuty',
    policy: 'AmazonGuardDutyServiceRolePolicy',
    description: 'A service-linked role required for Amazon GuardDuty to access your resources.',
  },
  'remediation.config.amazonaws.com': {
    name: 'AWSServiceRoleForConfigRemediation',
    policy: 'AWSConfigRemediationServiceRolePolicy',
    description: 'A service-linked role required for AWS Config remediation.',
  },
  'securityhub.amazonaws.com': {
    name: 'AWSServiceRoleForSecurityHub',
    policy: 'AWSSecurityHubServiceRolePolicy',
    description: 'A service-linked role required for AWS Security Hub to access your resources.',
  },
  'ssm.amazonaws.com': {
    name: 'AWSServiceRoleForAmazonSSM',
    policy: 'AmazonSSMServiceRolePolicy',
    description: 'Provides access to AWS Resources managed or used by Amazon SSM.',
  },
});

/** Roles that belong to a service: only it may change them. */
export const serviceLinkedRoles = {
  CreateServiceLinkedRole(input, call) {
    const { AWSServiceName: service = '', CustomSuffix: suffix } = input;
    const linked = linkedRoles[service];
    if (!linked)
      // AWS knows more services than are listed here; its own text was not verified.
      throw refuse(InvalidInputException, `Service-linked roles are not emulated for ${service}.`);
    if (suffix !== undefined && !linked.suffix)
      throw refuse(InvalidInputException, 'Custom suffix is not allowed for ' + service);
    const name = suffix === undefined ? linked.name : `${linked.name}_${suffix}`;
    if (call.state.roles.has(name))
      throw refuse(
        InvalidInputException,
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    const role: Role = {
      kind: 'role',
      name,
      path: `/aws-service-role/${service}/`,
      id: `AROA${call.random.upper(17)}`,
      createdAt: call.now(),
      trustPolicy: trusting(service),
      description: input.Description ?? linked.description,
      maxSessionDuration: 3600,
      tags: {},
      inline: new Map(),
      attached: new Set([`arn:aws:iam::aws:policy/aws-service-role/${linked.policy}`]),
    };
    call.state.roles.set(name, role);
    announceChange(call, role, 'CREATE');
    return { Role: roleShape(call.accountId, role) };
  },

  DeleteServiceLinkedRole({ RoleName: name }, call) {
    const role = roleNamed(call.state, name);
    if (!role.path.startsWith('/aws-service-role/'))
      throw refuse(NoSuchEntityException, `The role with name ${name} cannot be found.`);
    call.state.roles.delete(role.name);
    announceChange(call, role, 'DELETE');
    const taskId = `task${role.path}${role.name}/${call.random.uuid()}`;
    call.state.deletions.add(taskId);
    return { DeletionTaskId: taskId };
  },

  GetServiceLinkedRoleDeletionStatus({ DeletionTaskId: taskId = '' }, { state }) {
    if (!state.deletions.has(taskId))
      // Text not verified.
      throw refuse(NoSuchEntityException, `The deletion task ${taskId} cannot be found.`);
    return { Status: 'SUCCEEDED' };
  },
} satisfies IamHandlers;

const trusting = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
