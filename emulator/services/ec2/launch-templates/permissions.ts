import type { EC2 } from '@aws-sdk/client-ec2';
import type { Requirements } from '../../../service';
import { creation, on } from '../permission';
import { all, type Ec2Call, type Ec2State } from '../state';

interface Named {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
}

/** A template that is named stands under its id. */
function onTemplate({ LaunchTemplateId: id, LaunchTemplateName: name }: Named, call: Ec2Call) {
  const found = [...all(call, 'launch-template').values()].find((each) => each.name === name);
  return on(call.operation, 'launch-template')(call, id ?? found?.id);
}

/** What IAM is asked about launch templates. */
export const templatePermissions = {
  CreateLaunchTemplate: ({ TagSpecifications: specifications }, call) =>
    creation(call, { kind: 'launch-template', specifications }),
  CreateLaunchTemplateVersion: onTemplate,
  ModifyLaunchTemplate: onTemplate,
  DeleteLaunchTemplate: onTemplate,
  DeleteLaunchTemplateVersions: onTemplate,
} satisfies Requirements<EC2, Ec2State>;
