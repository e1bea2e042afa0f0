import { EffectivePolicyNotFoundException, type PolicyType } from '@aws-sdk/client-organizations';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { policiesOf } from './attachments';
import { invalidInput } from './errors';
import { accountIn, ownOrganization, pathTo } from './find';
import { isRestricting } from './full-access';
import { merged, plain } from './inheritance';
import type { OrganizationsHandlers } from './state';

/** What tag, backup and other management policies come to for one account. */
export const effectivePolicies = {
  DescribeEffectivePolicy({ PolicyType: given, TargetId: target = '' }, call) {
    const organization = ownOrganization(call);
    const account = accountIn(organization, target || call.accountId);
    const type = given as PolicyType;
    if (isRestricting(type))
      throw invalidInput('INVALID_ENUM_POLICY_TYPE', 'You specified an invalid policy type.'); // text unverified
    const documents = pathTo(organization, account.id)
      .flatMap((node) => policiesOf(node, organization))
      .filter((policy) => policy.type === type)
      .map(({ content }) => parseObject(content) ?? {});
    if (!organization.enabledTypes.has(type) || documents.length === 0)
      throw refuse(
        EffectivePolicyNotFoundException,
        'If you ran this action on the management account, this policy type is not enabled. If you ran the action on a member account, the account does not have an effective policy of this type. Contact the administrator of your organization about attaching a policy of this type to the account.',
      );
    return {
      EffectivePolicy: {
        PolicyContent: JSON.stringify(plain(documents.reduce(merged, {}))),
        LastUpdatedTimestamp: call.now(),
        TargetId: account.id,
        PolicyType: given,
      },
    };
  },
} satisfies OrganizationsHandlers;
