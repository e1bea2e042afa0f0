import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Permission } from '../../service';
import { kindOf } from './kinds';
import { all, type Ec2Call, type Kind } from './state';

type TagContext = Record<string, string | string[]>;

/** The tags of a request as condition keys. */
export function requestTags(tags: Tag[]): TagContext {
  if (!tags.length) return {};
  const values = tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]);
  return { ...Object.fromEntries(values), 'aws:TagKeys': tags.map(({ Key = '' }) => Key) };
}

/** ARN of one thing, or of any of that kind. */
export const kindArn = (call: Ec2Call, kind: Kind | 'security-group-rule', id = '*') =>
  call.arn(`${kind}/${id}`);

/** The kind of an id; rules of security groups have one of their own. */
export const kindOrRule = (id: string) => kindOf(id) ?? 'security-group-rule';

/** The condition keys that ec2 itself knows of a resource: its tags and the VPC it is in. */
export function resourceContext(call: Ec2Call, id: string | undefined): TagContext {
  const kind = id === undefined ? undefined : kindOf(id);
  if (id === undefined || !kind) return {};
  const tags = Object.entries(call.state.tags.get(id) ?? {});
  const context = Object.fromEntries(tags.map(([key, value]) => [`ec2:ResourceTag/${key}`, value]));
  const noun = all(call, kind).get(id);
  if (!noun || !('vpcId' in noun) || !noun.vpcId) return context;
  return { ...context, 'ec2:Vpc': call.arn(`vpc/${noun.vpcId}`) };
}

/** An action on something that exists. */
export function on(action: string, kind: Kind) {
  return (call: Ec2Call, id: string | undefined): Permission => ({
    action: `ec2:${action}`,
    resources: [kindArn(call, kind, id)],
    context: resourceContext(call, id),
  });
}

interface Creation {
  kind: Kind | 'security-group-rule';
  specifications: TagSpecification[] | undefined;
}

/** Tags given at creation need ec2:CreateTags too, with the creating operation as ec2:CreateAction. */
export function tagging(call: Ec2Call, { kind, specifications }: Creation): Permission[] {
  const tags = specifications?.flatMap(({ Tags = [] }) => Tags) ?? [];
  if (!tags.length) return [];
  const context = { ...requestTags(tags), 'ec2:CreateAction': call.operation };
  return [{ action: 'ec2:CreateTags', resources: [kindArn(call, kind)], context }];
}

/** An action that makes something new, in a VPC or subnet that the caller must be allowed too. */
export function creation(
  call: Ec2Call,
  { kind, specifications }: Creation,
  within?: string,
): Permission[] {
  const action = `ec2:${call.operation}`;
  const tags = specifications?.flatMap(({ Tags = [] }) => Tags) ?? [];
  const home: Permission[] = within
    ? [
        {
          action,
          resources: [kindArn(call, kindOf(within) ?? 'vpc', within)],
          context: resourceContext(call, within),
        },
      ]
    : [];
  return [
    { action, resources: [kindArn(call, kind)], context: requestTags(tags) },
    ...home,
    ...tagging(call, { kind, specifications }),
  ];
}

/** An action on each of the things of those ids. */
export const onEach = (call: Ec2Call, kind: Kind, ids: string[] = []): Permission[] =>
  ids.map((id) => on(call.operation, kind)(call, id));

/** An action on one thing and on one that it is joined with. */
export const onBoth = (
  call: Ec2Call,
  [one, other]: [[Kind, string | undefined], [Kind, string | undefined]],
): Permission[] => [
  on(call.operation, one[0])(call, one[1]),
  on(call.operation, other[0])(call, other[1]),
];
