import type { IAM } from '@aws-sdk/client-iam';
import { invalid } from '../kinds';
import type { Ec2Call } from '../state';

interface Named {
  Arn?: string | undefined;
  Name?: string | undefined;
}

/** The instance profile of an instance. */
export interface Profile {
  arn: string;
  id: string;
}

const nameOf = ({ Arn, Name }: Named) => Name ?? Arn?.split('/').at(-1);

const unknown = ({ Arn, Name }: Named) =>
  invalid(
    Arn === undefined
      ? `Value (${Name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`
      : `Value (${Arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
  );

async function profileNamed(call: Ec2Call, name: string | undefined) {
  const iam = call.client<IAM>('iam', call.asService('ec2.amazonaws.com'));
  try {
    const { InstanceProfile: { Arn: arn = '', InstanceProfileId: id = '' } = {} } =
      await iam.getInstanceProfile({ InstanceProfileName: name });
    return { arn, id };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntityException') return undefined;
    throw error;
  }
}

/** The instance profile that a request names; it must be there. */
export async function profileBy(call: Ec2Call, wanted: Named = {}): Promise<Profile | undefined> {
  if (!wanted.Arn && !wanted.Name) return undefined;
  const found = await profileNamed(call, nameOf(wanted));
  if (found && (wanted.Arn === undefined || wanted.Arn === found.arn)) return found;
  throw unknown(wanted);
}

/** ARNs of the roles in a profile, which whoever gives it to an instance must be allowed to pass. */
export function rolesIn(call: Ec2Call, wanted: Named | undefined): string[] {
  const name = wanted && nameOf(wanted);
  if (name === undefined) return [];
  const profiles = call.resources.ofType('AWS::IAM::InstanceProfile');
  const roles = profiles.find(({ id }) => id === name)?.configuration['Roles'];
  const names = Array.isArray(roles) ? roles : [];
  return call.resources
    .ofType('AWS::IAM::Role')
    .filter(({ id }) => names.includes(id))
    .map(({ arn }) => arn);
}
