import { InvalidInputException, NoSuchEntityException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { announceChange, refuseProtected, roleNamed, userNamed } from './entities';
import { managedPolicy } from './identity-policies';
import type { IamCall, IamHandlers, IamState, Role, User } from './state';

/** Permissions boundaries of roles and users. */
export const boundaries = {
  PutRolePermissionsBoundary: ({ RoleName: name, PermissionsBoundary: arn }, call) =>
    setBoundary(call, roleNamed(call.state, name), arn),
  PutUserPermissionsBoundary: ({ UserName: name, PermissionsBoundary: arn }, call) =>
    setBoundary(call, userNamed(call.state, name), arn),
  DeleteRolePermissionsBoundary: ({ RoleName: name }, call) =>
    removeBoundary(call, roleNamed(call.state, name)),
  DeleteUserPermissionsBoundary: ({ UserName: name }, call) =>
    removeBoundary(call, userNamed(call.state, name)),
} satisfies IamHandlers;

/** A boundary is a managed policy that exists. */
export function checkBoundary(state: IamState, arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined;
  if (!/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/./.test(arn))
    throw refuse(InvalidInputException, `ARN ${arn} is not valid.`);
  if (!managedPolicy(state, arn))
    throw refuse(NoSuchEntityException, `Scope ARN: ${arn} does not exist or is not attachable.`);
  return arn;
}

function setBoundary(call: IamCall, holder: Role | User, arn: string | undefined): void {
  refuseProtected(holder);
  holder.boundary = checkBoundary(call.state, arn);
  announceChange(call, holder);
}

function removeBoundary(call: IamCall, holder: Role | User): void {
  refuseProtected(holder);
  if (holder.boundary === undefined)
    // Text not verified.
    throw refuse(
      NoSuchEntityException,
      `The permissions boundary of ${holder.kind} ${holder.name} cannot be found.`,
    );
  holder.boundary = undefined;
  announceChange(call, holder);
}
