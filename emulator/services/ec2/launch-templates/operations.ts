import type { CreateLaunchTemplateVersionRequest } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { select, type Filters } from '../filters';
import { checkSupported } from '../instances/launch-data';
import type { LaunchData } from '../instances/instance';
import { add, announce, missing, newId, remove } from '../kinds';
import { all, type Ec2Call, type Ec2Handlers } from '../state';
import { addTags, specifiedTags } from '../tagging';
import { describeTemplate, describeVersion } from './describe';
import { templateBy, templatesNamed, versionBy } from './find';
import type { LaunchTemplate, TemplateVersion } from './launch-template';

const filters: Filters<LaunchTemplate> = {
  'create-time': ({ createdAt }) => [createdAt.toISOString()],
  'launch-template-name': ({ name }) => [name],
};

function checkedName(call: Ec2Call, name: string | undefined): string {
  if (!name) throw missing('LaunchTemplateName');
  if (!/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name))
    throw awsError(
      'InvalidLaunchTemplateName.MalformedException',
      'A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.',
    );
  if ([...all(call, 'launch-template').values()].some((each) => each.name === name))
    throw awsError(
      'InvalidLaunchTemplateName.AlreadyExistsException',
      'Launch template name already in use.',
    );
  return name;
}

function checkedData(data: LaunchData | undefined): LaunchData {
  const given = Object.entries(data ?? {}).filter(([, value]) => value !== undefined);
  if (!data || given.length === 0) throw missing('LaunchTemplateData');
  checkSupported(data);
  return Object.fromEntries(given);
}

function newVersion(
  call: Ec2Call,
  number: number,
  { description, data }: { description: string | undefined; data: LaunchData },
): TemplateVersion {
  return {
    number,
    createdAt: call.now(),
    createdBy: call.principal.arn,
    data,
    ...(description === undefined ? {} : { description }),
  };
}

function addVersion(
  call: Ec2Call,
  template: LaunchTemplate,
  input: CreateLaunchTemplateVersionRequest,
): TemplateVersion {
  const { SourceVersion, VersionDescription: description } = input;
  const source = SourceVersion ? versionBy(template, SourceVersion).data : {};
  const data = { ...source, ...checkedData(input.LaunchTemplateData) };
  template.lastNumber += 1;
  const version = newVersion(call, template.lastNumber, { description, data });
  template.versions.push(version);
  return version;
}

export const launchTemplates = {
  CreateLaunchTemplate(input, call) {
    const name = checkedName(call, input.LaunchTemplateName);
    const data = checkedData(input.LaunchTemplateData);
    const tags = specifiedTags('launch-template', input.TagSpecifications);
    const template: LaunchTemplate = {
      id: newId(call, 'lt'),
      createdAt: call.now(),
      createdBy: call.principal.arn,
      name,
      defaultVersion: 1,
      lastNumber: 1,
      versions: [newVersion(call, 1, { description: input.VersionDescription, data })],
    };
    addTags(call, template.id, tags);
    add(call, 'launch-template', template);
    return { LaunchTemplate: describeTemplate(call, template) };
  },

  CreateLaunchTemplateVersion(input, call) {
    const template = templateBy(call, input);
    const version = addVersion(call, template, input);
    announce(call, 'UPDATE', ['launch-template', template.id]);
    return { LaunchTemplateVersion: describeVersion(template, version) };
  },

  DescribeLaunchTemplates({ LaunchTemplateIds, LaunchTemplateNames, ...input }, call) {
    const named = templatesNamed(call, LaunchTemplateNames ?? []).map(({ id }) => id);
    const { page, next } = select(call, 'launch-template', {
      ids: [...(LaunchTemplateIds ?? []), ...named],
      filters: input.Filters,
      token: input.NextToken,
      max: input.MaxResults,
      table: filters,
    });
    return { LaunchTemplates: page.map((each) => describeTemplate(call, each)), NextToken: next };
  },

  ModifyLaunchTemplate({ DefaultVersion, ...input }, call) {
    const template = templateBy(call, input);
    if (!DefaultVersion) throw missing('DefaultVersion');
    template.defaultVersion = versionBy(template, DefaultVersion).number;
    announce(call, 'UPDATE', ['launch-template', template.id]);
    return { LaunchTemplate: describeTemplate(call, template) };
  },

  DeleteLaunchTemplate(input, call) {
    const template = templateBy(call, input);
    const shown = describeTemplate(call, template);
    remove(call, 'launch-template', template.id);
    return { LaunchTemplate: shown };
  },
} satisfies Ec2Handlers;
