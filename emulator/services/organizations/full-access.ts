import type { PolicyType } from '@aws-sdk/client-organizations';
import type { Organization, Policy } from './state';

/** Policies of AWS that let everything through, one for each type that restricts. */
const fullAccess: Partial<Record<PolicyType, Policy>> = {
  SERVICE_CONTROL_POLICY: policy('SERVICE_CONTROL_POLICY', 'FullAWSAccess', {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
  }),
  RESOURCE_CONTROL_POLICY: policy('RESOURCE_CONTROL_POLICY', 'RCPFullAWSAccess', {
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
  }),
};

function policy(type: PolicyType, name: string, statement: object): Policy {
  return {
    id: `p-${name}`,
    arn: `arn:aws:organizations::aws:policy/${type.toLowerCase()}/p-${name}`,
    name,
    description:
      type === 'SERVICE_CONTROL_POLICY'
        ? 'Allows access to every operation'
        : 'Allows access to every resource',
    type,
    content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    awsManaged: true,
    tags: {},
  };
}

/** The type's full access comes with the type, attached to everything that there is. */
export function enableType(organization: Organization, type: PolicyType): void {
  organization.enabledTypes.add(type);
  const full = fullAccess[type];
  if (!full) return;
  organization.policies.set(full.id, full);
  for (const node of organization.nodes.values()) node.policies.add(full.id);
}

/** Ids of what every new node gets. */
export const initialPolicies = ({ enabledTypes }: Organization): Set<string> =>
  new Set([...enabledTypes].flatMap((type) => fullAccess[type]?.id ?? []));

/** Types whose last policy must stay. */
export const isRestricting = (type: PolicyType): boolean => fullAccess[type] !== undefined;
