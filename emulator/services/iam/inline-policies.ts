import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { announceChange, groupNamed, refuseProtected, roleNamed, userNamed } from './entities';
import { listed } from './listing';
import { encoded } from './shapes';
import type { IamCall, IamHandlers, PolicyHolder } from './state';
import { checkPolicy, checkText } from './validation';

/** Policies that live inside a role, a user or a group. */
export const inlinePolicies = {
  PutRolePolicy: (input, call) => put(call, roleNamed(call.state, input.RoleName), input),
  PutUserPolicy: (input, call) => put(call, userNamed(call.state, input.UserName), input),
  PutGroupPolicy: (input, call) => put(call, groupNamed(call.state, input.GroupName), input),

  DeleteRolePolicy: ({ RoleName: name, PolicyName: policy }, call) =>
    remove(call, roleNamed(call.state, name), policy),
  DeleteUserPolicy: ({ UserName: name, PolicyName: policy }, call) =>
    remove(call, userNamed(call.state, name), policy),
  DeleteGroupPolicy: ({ GroupName: name, PolicyName: policy }, call) =>
    remove(call, groupNamed(call.state, name), policy),

  GetRolePolicy: ({ RoleName: name = '', PolicyName: policy = '' }, { state }) => ({
    RoleName: name,
    PolicyName: policy,
    PolicyDocument: encoded(documentOf(roleNamed(state, name), policy)),
  }),
  GetUserPolicy: ({ UserName: name = '', PolicyName: policy = '' }, { state }) => ({
    UserName: name,
    PolicyName: policy,
    PolicyDocument: encoded(documentOf(userNamed(state, name), policy)),
  }),
  GetGroupPolicy: ({ GroupName: name = '', PolicyName: policy = '' }, { state }) => ({
    GroupName: name,
    PolicyName: policy,
    PolicyDocument: encoded(documentOf(groupNamed(state, name), policy)),
  }),

  ListRolePolicies: (input, { state }) => names(roleNamed(state, input.RoleName), input),
  ListUserPolicies: (input, { state }) => names(userNamed(state, input.UserName), input),
  ListGroupPolicies: (input, { state }) => names(groupNamed(state, input.GroupName), input),
} satisfies IamHandlers;

interface Given {
  PolicyName?: string | undefined;
  PolicyDocument?: string | undefined;
}

function put(call: IamCall, holder: PolicyHolder, given: Given): void {
  const { PolicyName: name = '', PolicyDocument: document } = given;
  refuseProtected(holder);
  checkText('policyName', name);
  holder.inline.set(name, checkPolicy(document));
  announceChange(call, holder);
}

function remove(call: IamCall, holder: PolicyHolder, policy = ''): void {
  refuseProtected(holder);
  documentOf(holder, policy);
  holder.inline.delete(policy);
  announceChange(call, holder);
}

function documentOf({ inline, kind }: PolicyHolder, policy: string): string {
  const document = inline.get(policy);
  if (document === undefined)
    throw refuse(NoSuchEntityException, `The ${kind} policy with name ${policy} cannot be found.`);
  return document;
}

function names({ inline }: PolicyHolder, input: Parameters<typeof listed>[1]) {
  const { page, end } = listed([...inline.keys()].toSorted(), input);
  return { PolicyNames: page, ...end };
}
