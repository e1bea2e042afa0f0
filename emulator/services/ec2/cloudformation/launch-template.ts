import type { EC2 } from '@aws-sdk/client-ec2';
import { ignoring, object, objects, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { launchDataOf } from './launch-data';
import { specifications, updateTags } from './tags';

const honoured = [
  'LaunchTemplateData.BlockDeviceMappings',
  'LaunchTemplateData.DisableApiStop',
  'LaunchTemplateData.DisableApiTermination',
  'LaunchTemplateData.EbsOptimized',
  'LaunchTemplateData.IamInstanceProfile',
  'LaunchTemplateData.ImageId',
  'LaunchTemplateData.InstanceInitiatedShutdownBehavior',
  'LaunchTemplateData.InstanceType',
  'LaunchTemplateData.KeyName',
  'LaunchTemplateData.MetadataOptions',
  'LaunchTemplateData.Monitoring',
  'LaunchTemplateData.NetworkInterfaces',
  'LaunchTemplateData.Placement',
  'LaunchTemplateData.SecurityGroupIds',
  'LaunchTemplateData.SecurityGroups',
  'LaunchTemplateData.TagSpecifications',
  'LaunchTemplateData.UserData',
  'LaunchTemplateName',
  'TagSpecifications',
  'VersionDescription',
];

async function provided(ec2: EC2, id: string): Promise<Provided> {
  const { LaunchTemplates: [found] = [] } = await ec2.describeLaunchTemplates({
    LaunchTemplateIds: [id],
  });
  return {
    physicalId: id,
    attributes: {
      DefaultVersionNumber: String(found?.DefaultVersionNumber),
      LatestVersionNumber: String(found?.LatestVersionNumber),
      LaunchTemplateId: id,
    },
  };
}

/** Its tags as types with a plain `Tags` have them. */
const ownTags = (properties: Properties) => ({
  Tags: objects(properties, 'TagSpecifications').flatMap((each) => objects(each, 'Tags')),
});

/** AWS::EC2::LaunchTemplate; a change of its data is a new version. */
export const launchTemplate: ResourceProvider = {
  properties: honoured,
  async create(properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: text(properties, 'LaunchTemplateName') ?? context.physicalName(128),
      LaunchTemplateData: launchDataOf(object(properties, 'LaunchTemplateData') ?? {}),
      VersionDescription: text(properties, 'VersionDescription'),
      ...specifications('launch-template', ownTags(properties), context),
    });
    return provided(ec2, LaunchTemplate?.LaunchTemplateId ?? '');
  },
  async update(id, { properties, previous }, context) {
    const ec2 = context.client<EC2>('ec2');
    const tags = { properties: ownTags(properties), previous: ownTags(previous) };
    await updateTags({ id, ...tags }, context);
    await ec2.createLaunchTemplateVersion({
      LaunchTemplateId: id,
      LaunchTemplateData: launchDataOf(object(properties, 'LaunchTemplateData') ?? {}),
      VersionDescription: text(properties, 'VersionDescription'),
    });
    return provided(ec2, id);
  },
  delete: (LaunchTemplateId, _properties, context) =>
    ignoring(
      ['InvalidLaunchTemplateId.NotFound'],
      context.client<EC2>('ec2').deleteLaunchTemplate({ LaunchTemplateId }),
    ),
};
