import type { StoredDocument } from './state';
import { remediations } from './amazon-remediations';
import type { Runbook } from './automation/runbook';

const role = {
  type: 'String',
  description:
    '(Optional) The ARN of the role that allows Automation to perform the actions on your behalf.',
  default: '',
  allowedPattern: '^arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=,.@_/-]+$|^$',
};

const publicRange = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
const oneAddress = { IpRanges: [{ CidrIp: '{{ IpAddressToBlock }}' }] };

const permissions = (ranges: object) =>
  [22, 3389].map((port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...ranges }));

const revoke = (name: string, IpPermissions: object[]) => ({
  name,
  action: 'aws:executeAwsApi',
  inputs: {
    Service: 'ec2',
    Api: 'RevokeSecurityGroupIngress',
    GroupId: '{{ GroupId }}',
    IpPermissions,
  },
  isEnd: true,
});

/**
 * One call revokes all four public patterns, so EC2's own rule decides what a missing one means:
 * nothing in the default VPC, `InvalidPermission.NotFound` and no change in any other.
 */
const disablePublicAccess: Runbook = {
  schemaVersion: '0.3',
  description: 'Disable SSH and RDP ports opened to all IP addresses.',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    GroupId: {
      type: 'String',
      description: '(Required) Security Group ID',
      allowedPattern: '^(sg-)([0-9a-f]){1,}$',
    },
    IpAddressToBlock: {
      type: 'String',
      description: '(Optional) Additional Ipv4 address to block access from (ex:1.2.3.4/32)',
      default: '',
      allowedPattern: '^$|^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$',
    },
    AutomationAssumeRole: role,
  },
  mainSteps: [
    {
      name: 'ChooseAddresses',
      action: 'aws:branch',
      inputs: {
        Choices: [
          {
            NextStep: 'DisablePublicAccess',
            Variable: '{{ IpAddressToBlock }}',
            StringEquals: '',
          },
        ],
        Default: 'DisablePublicAccessAndAddress',
      },
    },
    revoke('DisablePublicAccess', permissions(publicRange)),
    revoke('DisablePublicAccessAndAddress', [
      ...permissions(publicRange),
      ...permissions(oneAddress),
    ]),
  ],
};

const publishNotification: Runbook = {
  schemaVersion: '0.3',
  description: 'Publish SNS Notification',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    AutomationAssumeRole: role,
    TopicArn: {
      type: 'String',
      description: '(Required) The ARN of the SNS topic to publish the notification to',
    },
    Message: {
      type: 'String',
      description: '(Required) The message to include in the SNS notification.',
    },
  },
  mainSteps: [
    {
      name: 'PublishSNSNotification',
      action: 'aws:executeAwsApi',
      inputs: {
        Service: 'sns',
        Api: 'Publish',
        TopicArn: '{{ TopicArn }}',
        Message: '{{ Message }}',
      },
    },
  ],
};

const amazonDocument = (name: string, runbook: Runbook): [string, StoredDocument] => {
  const createdAt = new Date('2018-12-04T00:00:00Z');
  return [
    name,
    {
      name,
      type: 'Automation',
      owner: 'Amazon',
      tags: {},
      versions: [
        { version: '1', content: JSON.stringify(runbook, null, 2), format: 'JSON', createdAt },
      ],
      defaultVersion: '1',
      createdAt,
    },
  ];
};

/** The AWS-owned runbooks that run here; every account sees them without holding them. */
export const amazonDocuments: ReadonlyMap<string, StoredDocument> = new Map([
  amazonDocument('AWS-DisablePublicAccessForSecurityGroup', disablePublicAccess),
  amazonDocument('AWS-PublishSNSNotification', publishNotification),
  ...Object.entries(remediations).map(([name, runbook]) => amazonDocument(name, runbook)),
]);
