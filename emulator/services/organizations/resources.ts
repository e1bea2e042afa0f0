import type { PolicyType } from '@aws-sdk/client-organizations';
import { asText } from '../../cloudformation/as-text';
import { ignoring, required, tagsFor, text, texts } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { account } from './account-resource';
import { organizationsOf, retag } from './resource-tags';

const organization: ResourceProvider = {
  properties: ['FeatureSet'],

  async create(properties, context) {
    const organizations = organizationsOf(context);
    const { Organization: made = {} } = await organizations.createOrganization({
      FeatureSet: text(properties, 'FeatureSet') as 'ALL' | 'CONSOLIDATED_BILLING' | undefined,
    });
    const { Roots: roots = [] } = await organizations.listRoots();
    return {
      physicalId: made.Id ?? '',
      attributes: {
        Id: made.Id,
        Arn: made.Arn,
        ManagementAccountArn: made.MasterAccountArn,
        ManagementAccountEmail: made.MasterAccountEmail,
        ManagementAccountId: made.MasterAccountId,
        RootId: roots[0]?.Id,
      },
    };
  },

  delete: (_id, _properties, context) =>
    ignoring(['AWSOrganizationsNotInUseException'], organizationsOf(context).deleteOrganization()),
};

const unit: ResourceProvider = {
  properties: ['Name', 'ParentId', 'Tags'],

  async create(properties, context) {
    const { OrganizationalUnit: made } = await organizationsOf(context).createOrganizationalUnit({
      Name: required(properties, 'Name'),
      ParentId: required(properties, 'ParentId'),
      Tags: tagsFor(properties, context),
    });
    return { physicalId: made?.Id ?? '', attributes: { Id: made?.Id, Arn: made?.Arn } };
  },

  async update(id, { properties }, context) {
    const { OrganizationalUnit: found } = await organizationsOf(context).updateOrganizationalUnit({
      OrganizationalUnitId: id,
      Name: required(properties, 'Name'),
    });
    await retag(id, properties, context);
    return { physicalId: id, attributes: { Id: id, Arn: found?.Arn } };
  },

  delete: (id, _properties, context) =>
    ignoring(
      ['OrganizationalUnitNotFoundException', 'AWSOrganizationsNotInUseException'],
      organizationsOf(context).deleteOrganizationalUnit({ OrganizationalUnitId: id }),
    ),
};

const policyInput = (properties: Properties) => ({
  Name: required(properties, 'Name'),
  Content: asText(properties['Content']),
  Description: text(properties, 'Description') ?? '',
});

/** Attaches where the template says, and detaches where it no longer does. */
async function attach(id: string, properties: Properties, context: ProviderContext): Promise<void> {
  const organizations = organizationsOf(context);
  const wanted = texts(properties, 'TargetIds') ?? [];
  const { Targets: found = [] } = await organizations.listTargetsForPolicy({ PolicyId: id });
  const attached = found.map(({ TargetId }) => TargetId ?? '');
  for (const TargetId of wanted)
    if (!attached.includes(TargetId)) await organizations.attachPolicy({ PolicyId: id, TargetId });
  for (const TargetId of attached)
    if (!wanted.includes(TargetId)) await organizations.detachPolicy({ PolicyId: id, TargetId });
}

const policy: ResourceProvider = {
  properties: ['Content', 'Description', 'Name', 'Tags', 'TargetIds', 'Type'],

  async create(properties, context) {
    const { Policy: made } = await organizationsOf(context).createPolicy({
      ...policyInput(properties),
      Type: required(properties, 'Type') as PolicyType,
      Tags: tagsFor(properties, context),
    });
    const { Id: id = '', Arn: arn } = made?.PolicySummary ?? {};
    await attach(id, properties, context);
    return { physicalId: id, attributes: { Id: id, Arn: arn, AwsManaged: false } };
  },

  async update(id, { properties }, context) {
    const { Policy: found } = await organizationsOf(context).updatePolicy({
      PolicyId: id,
      ...policyInput(properties),
    });
    await attach(id, properties, context);
    await retag(id, properties, context);
    return {
      physicalId: id,
      attributes: { Id: id, Arn: found?.PolicySummary?.Arn, AwsManaged: false },
    };
  },

  async delete(id, _properties, context) {
    const gone = ['PolicyNotFoundException', 'AWSOrganizationsNotInUseException'];
    await ignoring(gone, attach(id, {}, context));
    await ignoring(gone, organizationsOf(context).deletePolicy({ PolicyId: id }));
  },
};

export default {
  'AWS::Organizations::Account': account,
  'AWS::Organizations::Organization': organization,
  'AWS::Organizations::OrganizationalUnit': unit,
  'AWS::Organizations::Policy': policy,
} satisfies ResourceProviders;
