import type {
  LaunchTemplate as Described,
  LaunchTemplateVersion,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { Ec2Call } from '../state';
import { tagList } from '../tagging';
import { latestOf } from './find';
import type { LaunchTemplate, TemplateVersion } from './launch-template';

/** A launch template as answers show it. */
export const describeTemplate = (call: Ec2Call, template: LaunchTemplate): Described => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  CreateTime: template.createdAt,
  CreatedBy: template.createdBy,
  DefaultVersionNumber: template.defaultVersion,
  LatestVersionNumber: latestOf(template),
  Tags: tagList(call, template.id),
});

/** A version of a launch template as answers show it. */
export const describeVersion = (
  template: LaunchTemplate,
  version: TemplateVersion,
): LaunchTemplateVersion => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  VersionNumber: version.number,
  VersionDescription: version.description,
  CreateTime: version.createdAt,
  CreatedBy: version.createdBy,
  DefaultVersion: version.number === template.defaultVersion,
  LaunchTemplateData: version.data as ResponseLaunchTemplateData,
});
