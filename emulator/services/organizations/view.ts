import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import { isAccount } from './find';
import type { Node, Organization, OrganizationsCall, Policy } from './state';

/** The organization with all that is in it, shown in the management account. */
export function view({ state: { organization } }: OrganizationsCall): Resource[] {
  if (!organization) return [];
  return [
    {
      arn: `arn:aws:organizations::${organization.masterAccountId}:organization/${organization.id}`,
      type: 'AWS::Organizations::Organization',
      id: organization.id,
      tags: {},
      configuration: { FeatureSet: organization.featureSet },
    },
    ...[...organization.nodes.values()].flatMap((node) => nodeResource(node) ?? []),
    ...[...organization.policies.values()]
      .filter(({ awsManaged }) => !awsManaged)
      .map((policy) => policyResource(policy, organization)),
  ];
}

function nodeResource(node: Node): Resource | undefined {
  if (node.kind === 'ROOT') return undefined;
  const common = { arn: node.arn, id: node.id, name: node.name, tags: node.tags };
  if (!isAccount(node))
    return {
      ...common,
      type: 'AWS::Organizations::OrganizationalUnit',
      configuration: { Name: node.name, ParentId: node.parent },
    };
  if (node.state === 'SUSPENDED') return undefined;
  return {
    ...common,
    type: 'AWS::Organizations::Account',
    configuration: { AccountName: node.name, Email: node.email, ParentIds: [node.parent] },
    createdAt: node.joinedAt,
  };
}

const policyResource = (policy: Policy, { nodes }: Organization): Resource => ({
  arn: policy.arn,
  type: 'AWS::Organizations::Policy',
  id: policy.id,
  name: policy.name,
  tags: policy.tags,
  configuration: {
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    Content: parseObject(policy.content) ?? {},
    TargetIds: [...nodes.values()]
      .filter(({ policies }) => policies.has(policy.id))
      .map(({ id }) => id),
  },
});
