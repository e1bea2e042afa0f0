import type { Permission } from '../../service';
import { tagRecord } from '../../tags';
import { arnIn, nameIn } from './entities';
import type { IamCall, IamState } from './state';

interface Named {
  RoleName?: string | undefined;
  UserName?: string | undefined;
  GroupName?: string | undefined;
  PolicyName?: string | undefined;
  PolicyArn?: string | undefined;
  PolicySourceArn?: string | undefined;
  InstanceProfileName?: string | undefined;
  AWSServiceName?: string | undefined;
  PermissionsBoundary?: string | undefined;
  Path?: string | undefined;
  Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  TagKeys?: string[] | undefined;
}

/** What an operation asks, with the condition keys that its input and the entity give. */
export type Require = (input: Named, call: IamCall) => Permission;

export const onRole: Require = (input, call) => {
  const { RoleName: name = '', Path: path = '/' } = input;
  return asked(
    input,
    call,
    arnIn(call.accountId, 'role', call.state.roles.get(name) ?? { path, name }),
  );
};

export const onUser: Require = (input, call) => {
  const caller = call.principal.type === 'user' ? call.principal.userName : '';
  const { UserName: name = caller, Path: path = '/' } = input;
  return asked(
    input,
    call,
    arnIn(call.accountId, 'user', call.state.users.get(name) ?? { path, name }),
  );
};

/** A key is its user's. */
export const onKeyOwner = (
  { AccessKeyId: id }: { AccessKeyId?: string | undefined },
  call: IamCall,
): Permission => {
  const owner = [...call.state.users.values()].find((user) =>
    user.accessKeys.some((key) => key.id === id),
  );
  return onUser({ UserName: owner?.name ?? '*' }, call);
};

/** `task/aws-service-role/<service>/<role>/<id>` is about that role. */
export const onDeletedRole = (
  { DeletionTaskId: task = '' }: { DeletionTaskId?: string | undefined },
  call: IamCall,
): Permission =>
  asked({}, call, call.arn(`role${task.replace(/^task/, '').replace(/\/[^/]*$/, '')}`));

export const onGroup: Require = (input, call) => {
  const { GroupName: name = '', Path: path = '/' } = input;
  return asked(
    input,
    call,
    arnIn(call.accountId, 'group', call.state.groups.get(name) ?? { path, name }),
  );
};

export const onPolicy: Require = (input, call) => {
  const { PolicyName: name = '', Path: path = '/' } = input;
  const arn = input.PolicyArn ?? arnIn(call.accountId, 'policy', { path, name });
  return { ...asked(input, call, arn), named: `policy ${input.PolicyArn ?? name}` };
};

export const onProfile: Require = (input, call) => {
  const { InstanceProfileName: name = '', Path: path = '/' } = input;
  const known = call.state.instanceProfiles.get(name) ?? { path, name };
  return asked(input, call, arnIn(call.accountId, 'instance-profile', known));
};

/** A refusal calls what is already there by its kind and name. */
export const byName =
  (noun: string, require: Require): Require =>
  (input, call) => {
    const permission = require(input, call);
    return { ...permission, named: `${noun} ${nameIn(permission.resources[0] ?? '')}` };
  };

/** A list is asked for as a whole; a refusal calls it by the path below which it lists. */
export const onPath =
  (kind: 'role' | 'user' | 'group' | 'instance-profile' | 'policy') =>
  ({ PathPrefix: path = '/' }: { PathPrefix?: string | undefined }, call: IamCall): Permission => ({
    action: `iam:${call.operation}`,
    resources: ['*'],
    named: kind === 'policy' ? `policy path ${path}` : call.arn(`${kind}${path}`),
  });

export const onSource: Require = (input, call) => asked(input, call, input.PolicySourceArn ?? '*');

export const onLinked: Require = (input, call) =>
  asked(
    input,
    call,
    arnIn(call.accountId, 'role', {
      path: `/aws-service-role/${input.AWSServiceName}/`,
      name: '*',
    }),
  );

/** Putting a role into an instance profile hands it to EC2. */
export const onRoleForInstance = (input: Named, call: IamCall): Permission[] => [
  byName('instance profile', onProfile)(input, call),
  {
    action: 'iam:PassRole',
    resources: onRole(input, call).resources,
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  },
];

function asked(input: Named, call: IamCall, arn: string): Permission {
  const tags = tagRecord(input.Tags);
  const keys = [...Object.keys(tags), ...(input.TagKeys ?? [])];
  const boundary = input.PermissionsBoundary ?? boundaryOf(input, call.state);
  return {
    action: `iam:${call.operation}`,
    resources: [arn],
    context: {
      ...Object.fromEntries(
        Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
      ),
      ...(keys.length > 0 ? { 'aws:TagKeys': keys } : {}),
      ...(boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary }),
      ...(input.PolicyArn === undefined ? {} : { 'iam:PolicyARN': input.PolicyArn }),
      ...(input.AWSServiceName === undefined ? {} : { 'iam:AWSServiceName': input.AWSServiceName }),
      ...resourceTags(input, call.state),
    },
  };
}

const holderIn = (input: Named, state: IamState) =>
  state.roles.get(input.RoleName ?? '') ?? state.users.get(input.UserName ?? '');

const boundaryOf = (input: Named, state: IamState) => holderIn(input, state)?.boundary;

/** IAM's own spelling beside `aws:ResourceTag`. */
const resourceTags = (input: Named, state: IamState): Record<string, string> =>
  Object.fromEntries(
    Object.entries(holderIn(input, state)?.tags ?? {}).map(([key, value]) => [
      `iam:ResourceTag/${key}`,
      value,
    ]),
  );
