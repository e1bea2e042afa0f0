import type { EC2, IpPermission } from '@aws-sdk/client-ec2';
import { type Action, failed } from './automation/action';
import type { Runbook } from './automation/runbook';
import { table } from '../../table';

const requiredRole = {
  type: 'String',
  description:
    '(Required) The ARN of the role that allows Automation to perform the actions on your behalf.',
  allowedPattern: '^arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=,.@_/-]+$',
};

const removingScript = `import boto3

def handler(events, context):
    ec2 = boto3.client("ec2")
    group = ec2.describe_security_groups(GroupIds=[events["SecurityGroupId"]])["SecurityGroups"][0]
    open_rules = []
    for permission in group["IpPermissions"]:
        everyone = {
            "IpRanges": [r for r in permission["IpRanges"] if r["CidrIp"] == "0.0.0.0/0"],
            "Ipv6Ranges": [r for r in permission["Ipv6Ranges"] if r["CidrIpv6"] == "::/0"],
        }
        if everyone["IpRanges"] or everyone["Ipv6Ranges"]:
            kept = {k: v for k, v in permission.items() if k in ("IpProtocol", "FromPort", "ToPort")}
            open_rules.append({**kept, **{k: v for k, v in everyone.items() if v}})
    if open_rules:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=open_rules)
    return {"output": "%d rules removed" % len(open_rules)}
`;

/** Every rule that is open to everyone goes, whatever its port: the customers' 443 too. */
const removeUnrestrictedSourceIngressRules: Runbook = {
  schemaVersion: '0.3',
  description: 'Removes all ingress rules that allow traffic from all source addresses.',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    SecurityGroupId: {
      type: 'String',
      description: '(Required) The ID of the security group.',
      allowedPattern: '^(sg-)([0-9a-f]){1,}$',
    },
    AutomationAssumeRole: requiredRole,
  },
  mainSteps: [
    {
      name: 'RemoveUnrestrictedIngressRules',
      action: 'aws:executeScript',
      inputs: {
        Runtime: 'python3.11',
        Handler: 'handler',
        InputPayload: { SecurityGroupId: '{{ SecurityGroupId }}' },
        Script: removingScript,
      },
      isEnd: true,
    },
  ],
};

const configureBucketVersioning: Runbook = {
  schemaVersion: '0.3',
  description: 'Configure Bucket Versioning',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    AutomationAssumeRole: { ...requiredRole, default: '', allowedPattern: '^.*$' },
    BucketName: { type: 'String', description: '(Required) The name of the bucket.' },
    VersioningState: {
      type: 'String',
      description: '(Optional) Enabled or Suspended.',
      default: 'Enabled',
      allowedValues: ['Enabled', 'Suspended'],
    },
  },
  mainSteps: [
    {
      name: 'PutBucketVersioning',
      action: 'aws:executeAwsApi',
      inputs: {
        Service: 's3',
        Api: 'PutBucketVersioning',
        Bucket: '{{ BucketName }}',
        VersioningConfiguration: { Status: '{{ VersioningState }}', MFADelete: 'Disabled' },
      },
      isEnd: true,
    },
  ],
};

export const remediations: Record<string, Runbook> = table({
  'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules': removeUnrestrictedSourceIngressRules,
  'AWS-ConfigureS3BucketVersioning': configureBucketVersioning,
});

const openToAll = ({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges = [],
  Ipv6Ranges = [],
}: IpPermission): IpPermission[] => {
  const ranges = IpRanges.filter(({ CidrIp }) => CidrIp === '0.0.0.0/0');
  const ranges6 = Ipv6Ranges.filter(({ CidrIpv6 }) => CidrIpv6 === '::/0');
  if (ranges.length + ranges6.length === 0) return [];
  return [{ IpProtocol, FromPort, ToPort, IpRanges: ranges, Ipv6Ranges: ranges6 }];
};

const removeIngress: Action = async ({ inputs, caller, call }) => {
  const { SecurityGroupId = '' } = inputs['InputPayload'] as { SecurityGroupId?: string };
  const ec2 = call.client<EC2>('ec2', caller);
  try {
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
      GroupIds: [SecurityGroupId],
    });
    const IpPermissions = (SecurityGroups[0]?.IpPermissions ?? []).flatMap(openToAll);
    if (IpPermissions.length > 0) {
      await ec2.revokeSecurityGroupIngress({ GroupId: SecurityGroupId, IpPermissions });
    }
    const Payload = { output: `${IpPermissions.length} rules removed` };
    return {
      status: 'Success',
      outputs: { Payload: JSON.stringify(Payload), OutputPayload: JSON.stringify({ Payload }) },
    };
  } catch (error) {
    const { name, message } = error as Error;
    return failed(`An error occurred (${name}): ${message}`, 'Poll action status for completion');
  }
};

/** Scripts of AWS's own runbooks, by step: they run on machines without Python too. */
export const amazonScripts: Readonly<Record<string, Action>> = table({
  RemoveUnrestrictedIngressRules: removeIngress,
});
