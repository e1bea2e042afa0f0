import { ConfigService, type ResourceType } from '@aws-sdk/client-config-service';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from './emulated';

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const allow = (Action: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });

/** A fresh account with what tests of Config do again and again. */
export function configAccount() {
  const { client, clock, emulator } = emulated();
  const [config, ec2, iam, s3] = [client(ConfigService), client(EC2), client(IAM), client(S3)];

  async function makeRole(RoleName: string, service: string, actions: string[]): Promise<string> {
    const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(service) });
    await iam.putRolePolicy({ RoleName, PolicyName: 'May', PolicyDocument: allow(actions) });
    return Role?.Arn ?? '';
  }

  async function putRecorder(): Promise<void> {
    const roleARN = await makeRole('Recorder', 'config.amazonaws.com', ['s3:PutObject']);
    await config.putConfigurationRecorder({
      ConfigurationRecorder: {
        name: 'default',
        roleARN,
        recordingGroup: {
          allSupported: false,
          resourceTypes: ['AWS::EC2::SecurityGroup' satisfies ResourceType],
        },
      },
    });
  }

  async function record(): Promise<void> {
    await s3.createBucket({ Bucket: 'config-bucket' });
    await putRecorder();
    await config.putDeliveryChannel({
      DeliveryChannel: { name: 'default', s3BucketName: 'config-bucket' },
    });
    await config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
    await clock.settle();
  }

  async function makeGroup(more: { VpcId?: string; tags?: Record<string, string> } = {}) {
    const { VpcId, tags = { team: 'ops' } } = more;
    const { GroupId = '' } = await ec2.createSecurityGroup({
      GroupName: 'web',
      Description: 'web',
      VpcId,
      TagSpecifications: [
        {
          ResourceType: 'security-group',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
    });
    await clock.settle();
    return GroupId;
  }

  async function open(GroupId: string, more: object = {}): Promise<void> {
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    const permission = { ...ssh, IpRanges: [{ CidrIp: '0.0.0.0/0' }], ...more };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] });
    await clock.settle();
  }

  async function putRule(more: object = {}): Promise<void> {
    await config.putConfigRule({
      ConfigRule: {
        ConfigRuleName: 'ssh',
        Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
        Scope: { TagKey: 'team', TagValue: 'ops' },
        ...more,
      },
    });
    await clock.settle();
  }

  /** Resource id → verdict. */
  async function verdicts(ConfigRuleName = 'ssh') {
    const { EvaluationResults = [] } = await config.getComplianceDetailsByConfigRule({
      ConfigRuleName,
      Limit: 100,
    });
    return Object.fromEntries(
      EvaluationResults.map(({ EvaluationResultIdentifier: id, ComplianceType }) => [
        id?.EvaluationResultQualifier?.ResourceId,
        ComplianceType,
      ]),
    );
  }

  const ssm = client(SSM);
  const base = { client, clock, emulator, config, ec2, iam, s3, ssm };
  return { ...base, makeRole, putRecorder, record, makeGroup, open, putRule, verdicts };
}
