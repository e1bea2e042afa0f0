import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../../test/support/emulated';

const LaunchTemplateData = {
  ImageId: 'ami-0123456789abcdef0',
  InstanceType: 't3.micro' as const,
  TagSpecifications: [{ ResourceType: 'instance' as const, Tags: [{ Key: 'app', Value: 'shop' }] }],
};

async function connect() {
  const ec2 = emulated().client(EC2);
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: 'web',
    LaunchTemplateData,
  });
  return { ec2, LaunchTemplateId: LaunchTemplate?.LaunchTemplateId ?? '' };
}

test('what a launch template says is launched; the request overrides it, and tags name its version', async () => {
  const { ec2, LaunchTemplateId } = await connect();

  const { Instances } = await ec2.runInstances({
    LaunchTemplate: { LaunchTemplateName: 'web' },
    InstanceType: 't3.large',
    MinCount: 1,
    MaxCount: 1,
  });

  expect(Instances).toMatchObject([{ ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.large' }]);
  expect(Instances?.[0]?.Tags).toEqual([
    { Key: 'app', Value: 'shop' },
    { Key: 'aws:ec2launchtemplate:id', Value: LaunchTemplateId },
    { Key: 'aws:ec2launchtemplate:version', Value: '1' },
  ]);
});

test('versions build on each other, one is the default, and the default is not deleted', async () => {
  const { ec2, LaunchTemplateId } = await connect();

  await ec2.createLaunchTemplateVersion({
    LaunchTemplateId,
    SourceVersion: '1',
    VersionDescription: 'bigger',
    LaunchTemplateData: { InstanceType: 't3.large' },
  });
  const version = async (Versions: string[]) => {
    const found = await ec2.describeLaunchTemplateVersions({ LaunchTemplateId, Versions });
    return found.LaunchTemplateVersions?.map((each) => [
      each.VersionNumber,
      each.LaunchTemplateData?.ImageId,
      each.LaunchTemplateData?.InstanceType,
      each.DefaultVersion,
    ]);
  };
  expect(await version(['$Latest'])).toEqual([[2, 'ami-0123456789abcdef0', 't3.large', false]]);
  expect(await version(['$Default'])).toEqual([[1, 'ami-0123456789abcdef0', 't3.micro', true]]);

  await ec2.modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '2' });
  await expect(
    ec2.deleteLaunchTemplateVersions({ LaunchTemplateId, Versions: ['1', '2', '9'] }),
  ).resolves.toMatchObject({
    SuccessfullyDeletedLaunchTemplateVersions: [{ VersionNumber: 1 }],
    UnsuccessfullyDeletedLaunchTemplateVersions: [
      { VersionNumber: 2 },
      { VersionNumber: 9, ResponseError: { Code: 'launchTemplateVersionDoesNotExist' } },
    ],
  });
  await expect(version(['1'])).rejects.toMatchObject({
    name: 'InvalidLaunchTemplateId.VersionNotFound',
  });
  await expect(ec2.describeLaunchTemplates({})).resolves.toMatchObject({
    LaunchTemplates: [{ DefaultVersionNumber: 2, LatestVersionNumber: 2 }],
  });

  await ec2.deleteLaunchTemplate({ LaunchTemplateId });
  await expect(ec2.deleteLaunchTemplate({ LaunchTemplateId })).rejects.toMatchObject({
    name: 'InvalidLaunchTemplateId.NotFound',
  });
});

test.each([
  [
    { LaunchTemplateName: 'web', LaunchTemplateData },
    'InvalidLaunchTemplateName.AlreadyExistsException',
  ],
  [{ LaunchTemplateName: 'a', LaunchTemplateData }, 'InvalidLaunchTemplateName.MalformedException'],
  [{ LaunchTemplateName: 'other', LaunchTemplateData: {} }, 'MissingParameter'],
  [
    { LaunchTemplateName: 'other', LaunchTemplateData: { RamDiskId: 'ari-1' } },
    'UnsupportedOperation',
  ],
])('a launch template of %j is refused: %s', async (input, name) => {
  const { ec2 } = await connect();

  await expect(ec2.createLaunchTemplate(input)).rejects.toMatchObject({ name });
});
