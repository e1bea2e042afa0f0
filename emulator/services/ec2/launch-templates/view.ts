import type { Ec2Call } from '../state';
import { tagList } from '../tagging';
import { latestOf, versionBy } from './find';
import type { LaunchTemplate } from './launch-template';

/** A launch template in the shape of its CloudFormation type, with the data of its newest version. */
export const templateProperties = (call: Ec2Call) => (template: LaunchTemplate) => {
  const { data, description } = versionBy(template, '$Latest');
  const Tags = tagList(call, template.id).filter(({ Key = '' }) => !Key.startsWith('aws:'));
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: latestOf(template),
    LaunchTemplateData: data,
    VersionDescription: description,
    TagSpecifications: Tags.length ? [{ ResourceType: 'launch-template', Tags }] : [],
  };
};
