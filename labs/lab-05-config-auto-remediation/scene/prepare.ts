import type { Account } from '../../../checker/account';
import { describeGroup, groupIds, letsIn, output } from '../checks/found';
import { openBystander } from './bystander';
import { deleteOpsItems } from './ops-items';
import { sceneRules } from './ingress';

/** Opens again what a remediation closed, and takes back what a task changed on the scene's own things. */
export async function prepare(account: Account): Promise<void> {
  for (const id of Object.values(groupIds(account))) await reopen(account, id);
  if (account.target === 'emulator') await openBystander(account);
  await deleteOpsItems(account);
  await forbidEvents(account);
  const recorder = account.outputs['RecorderName'];
  if (recorder) {
    await account.config.startConfigurationRecorder({ ConfigurationRecorderName: recorder });
  }
}

// --- internal ---

async function reopen(account: Account, GroupId: string): Promise<void> {
  const group = await describeGroup(account, GroupId);
  const closed = sceneRules.filter(({ fromPort, cidrIp }) => !letsIn(group, fromPort, cidrIp));
  if (closed.length === 0) return;
  await account.ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: closed.map(({ ipProtocol, fromPort, toPort, cidrIp, description }) => ({
      IpProtocol: ipProtocol,
      FromPort: fromPort,
      ToPort: toPort,
      IpRanges: [{ CidrIp: cidrIp, Description: description }],
    })),
  });
}

/** The policy of a new topic: its owner may do everything, no service may publish. */
async function forbidEvents({ sns, accountId, outputs }: Account): Promise<void> {
  const TopicArn = output(outputs, 'AlertsTopicArn');
  const policy = {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ownerActions.map((action) => `SNS:${action}`),
        Resource: TopicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  };
  await sns.setTopicAttributes({
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: JSON.stringify(policy),
  });
}

const ownerActions = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
];
