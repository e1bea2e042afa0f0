import { table } from '../../table';

/** CloudFormation's type in the tagging API's words, where these are not just its lower case. */
const renamed: Record<string, string> = table({
  'AWS::EC2::DHCPOptions': 'ec2:dhcp-options',
  'AWS::IAM::ManagedPolicy': 'iam:policy',
  'AWS::IAM::OIDCProvider': 'iam:oidc-provider',
  'AWS::S3::Bucket': 's3',
  'AWS::SNS::Topic': 'sns',
  'AWS::SQS::Queue': 'sqs',
});

/** `arn:aws:ec2:r:a:security-group/sg-…` → `ec2:security-group`, as ResourceTypeFilters name it. */
function typeOf({ arn, type }: { arn: string; type: string }): string {
  const known = renamed[type];
  if (known !== undefined) return known;
  const [, , service = '', , , ...rest] = arn.split(':');
  const [noun = ''] = rest.join(':').split(/[:/]/);
  return `${service}:${noun}`;
}

/** A filter names a service (`ec2`) or one of its types (`ec2:security-group`). */
export const isOfType = (resource: { arn: string; type: string }, filter: string) => {
  const type = typeOf(resource);
  return type === filter || type.startsWith(`${filter}:`);
};
