import { LimitExceededException, NoSuchEntityException } from '@aws-sdk/client-iam';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { announceChange, groupNamed, refuseProtected, roleNamed, userNamed } from './entities';
import { managedPolicy } from './identity-policies';
import { listed } from './listing';
import type { IamCall, IamHandlers, IamState, PolicyHolder } from './state';

/** Managed policies on roles, users and groups. */
export const attachments = {
  AttachRolePolicy: ({ RoleName: name, PolicyArn: arn }, call) =>
    attach(call, roleNamed(call.state, name), arn),
  AttachUserPolicy: ({ UserName: name, PolicyArn: arn }, call) =>
    attach(call, userNamed(call.state, name), arn),
  AttachGroupPolicy: ({ GroupName: name, PolicyArn: arn }, call) =>
    attach(call, groupNamed(call.state, name), arn),

  DetachRolePolicy: ({ RoleName: name, PolicyArn: arn }, call) =>
    detach(call, roleNamed(call.state, name), arn),
  DetachUserPolicy: ({ UserName: name, PolicyArn: arn }, call) =>
    detach(call, userNamed(call.state, name), arn),
  DetachGroupPolicy: ({ GroupName: name, PolicyArn: arn }, call) =>
    detach(call, groupNamed(call.state, name), arn),

  ListAttachedRolePolicies: (input, { state }) =>
    attachedTo(state, roleNamed(state, input.RoleName), input),
  ListAttachedUserPolicies: (input, { state }) =>
    attachedTo(state, userNamed(state, input.UserName), input),
  ListAttachedGroupPolicies: (input, { state }) =>
    attachedTo(state, groupNamed(state, input.GroupName), input),

  ListEntitiesForPolicy(input, { state }) {
    const { PolicyArn: arn = '', EntityFilter: filter } = input;
    if (!managedPolicy(state, arn)) throw notFound(arn);
    const holders = [...state.roles.values(), ...state.users.values(), ...state.groups.values()];
    const { page, end } = listed(
      holders.filter(
        ({ attached, kind, path }) =>
          attached.has(arn) &&
          (filter === undefined || filter.toLowerCase() === kind) &&
          path.startsWith(input.PathPrefix ?? '/'),
      ),
      input,
    );
    const ofKind = (kind: PolicyHolder['kind']) => page.filter((holder) => holder.kind === kind);
    return {
      PolicyRoles: ofKind('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: ofKind('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: ofKind('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      ...end,
    };
  },
} satisfies IamHandlers;

const quota = 10;

/** AWS's answer for a managed policy that is not there. */
export const notFound = (arn: string) =>
  refuse(NoSuchEntityException, `Policy ${arn} was not found.`);

function attach(call: IamCall, holder: PolicyHolder, arn = ''): void {
  refuseProtected(holder);
  if (!arn.startsWith('arn:'))
    throw awsError('ValidationError', 'Invalid ARN:  Could not be parsed!');
  if (!managedPolicy(call.state, arn))
    throw refuse(NoSuchEntityException, `Policy ${arn} does not exist or is not attachable.`);
  if (!holder.attached.has(arn) && holder.attached.size >= quota)
    throw refuse(
      LimitExceededException,
      `Cannot exceed quota for PoliciesPer${holder.kind === 'role' ? 'Role' : holder.kind === 'user' ? 'User' : 'Group'}: ${quota}`,
    );
  holder.attached.add(arn);
  announceChange(call, holder);
}

function detach(call: IamCall, holder: PolicyHolder, arn = ''): void {
  refuseProtected(holder);
  if (!holder.attached.delete(arn)) throw notFound(arn);
  announceChange(call, holder);
}

function attachedTo(
  state: IamState,
  { attached }: PolicyHolder,
  input: Parameters<typeof listed>[1] & { PathPrefix?: string | undefined },
) {
  const policies = [...attached].flatMap((arn) => managedPolicy(state, arn) ?? []);
  const { page, end } = listed(
    policies.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/')),
    input,
  );
  return {
    AttachedPolicies: page.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    ...end,
  };
}
