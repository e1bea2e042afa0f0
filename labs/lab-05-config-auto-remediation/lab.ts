import { defineLab } from '../../checker/lab';
import { cleanUp } from './scene/clean-up';
import { doctor } from './scene/doctor';
import { prepare } from './scene/prepare';

export default defineLab({
  title: 'SSH opens to the world and stays open',
  domain: 5,
  minutes: 65,
  difficulty: 'intermediate',
  cost: {
    usdPerHour: 0.02,
    source:
      'AWS Config: 0.003 USD per configuration item, 0.001 USD per rule evaluation; about five changes an hour',
    checked: '2026-11-23',
  },
  targets: ['emulator', 'aws'],
  complete: true,
  order: 1,
  free: {
    'restricted-ssh': 'stands for the rule in a sample event while there is no rule',
    '6a7e8feb-b491-4cf7-a9f1-bf3703467718': 'id of the sample event',
    'detail-type': 'member of every event',
    '1.0': "version of the sample event's record",
    ComplianceChangeNotification: "message type of Config's event",
    AutomationAssumeRole: 'the parameter that Systems Manager itself defines',
    'group-id': 'filter of EC2',
    'group-name': 'filter of EC2',
    'lab-00': 'a tag value that no group bears, for a simulation',
    'sg-00000000000000000': 'a group that is not there, for a simulation and a drill',
    '333ba70b-2333-48db-b17e-a5e69c6f4d1c': 'execution in the sample event of an automation',
    'd290ece9-1088-4383-9df6-cd5b4ac42b99': 'id of that event',
    'Jan 1, 2026 7:43:20 PM': 'start in that event',
    'Jan 1, 2026 7:43:26 PM': 'end in that event',
  },
  doctor,
  // A Region has room for one configuration recorder: the scene makes it only where there is none.
  sceneParameters: (held) => ({
    CreateRecorder: String(!held.some((line) => line.startsWith('config recorder '))),
  }),
  prepare,
  cleanUp,
  tasks: [
    {
      letter: 'a',
      goal: 'Give the automation a role that ssm.amazonaws.com alone may assume, and that may describe security groups and revoke ingress on groups tagged `dop-labs:lab=lab-05`, and nothing else.',
      statements: ['5.2', '6.2'],
      hints: [
        'Look at who assumes the role. Config starts the automation, but another service runs its steps.',
        'The trust policy is on the role in IAM. For the permissions, open the Service Authorization Reference of EC2: which condition key of RevokeSecurityGroupIngress speaks of the tags of the group?',
        'Trust `ssm.amazonaws.com`. Allow `ec2:DescribeSecurityGroups` on `*` (it knows no resources), and `ec2:RevokeSecurityGroupIngress` on security groups with the condition `StringEquals` `aws:ResourceTag/dop-labs:lab` = `lab-05`.',
      ],
    },
    {
      letter: 'b',
      goal: 'Have AWS Config judge both groups with the managed rule INCOMING_SSH_DISABLED, scoped to the tag `dop-labs:lab=lab-05`.',
      statements: ['4.3', '6.3'],
      hints: [
        'Look at what the rule judges. Its default ports are not the one that was opened, and it looks at one group only.',
        'In Config, Rules: the identifier of the managed rule, and Scope of changes (by tag).',
        'Use the identifier `INCOMING_SSH_DISABLED` (restricted-ssh). It takes no parameters: InputParameters on it are refused. Set `Scope` to TagKey `dop-labs:lab` and TagValue `lab-05`, without a resource id or type.',
      ],
    },
    {
      letter: 'c',
      goal: 'Remediate automatically with an Automation document that gets the group from RESOURCE_ID and runs as your role, with attempts and retry time set.',
      statements: ['5.2'],
      hints: [
        'Look at who decides that the automation runs, and on which group. A finding knows its resource.',
        'In Config, the rule, Actions, Manage remediation: automatic, resource ID parameter, AutomationAssumeRole, retries. In CloudFormation AWS::Config::RemediationConfiguration.',
        'Set `Automatic` true, `MaximumAutomaticAttempts` 5, `RetryAttemptSeconds` 60. The group parameter of the document gets `ResourceValue: { Value: RESOURCE_ID }`, and AutomationAssumeRole a `StaticValue`: without that role AWS refuses automatic. To replace the rule by another one, delete its remediation first: AWS refuses to delete a rule that has one.',
      ],
    },
    {
      letter: 'd',
      goal: 'Let the news that a group became NON_COMPLIANT arrive in the queue behind the alerts topic.',
      statements: ['4.3', '5.2'],
      hints: [
        'Look at the event itself before the pattern, and at what happens between the rule and the topic.',
        'EventBridge has Sandbox and TestEventPattern for the pattern; whether the topic takes the event is written in the access policy of the topic, or in a role on the target.',
        'Match `detail.newEvaluationResult.complianceType`, not `detail.complianceType`. Then let `events.amazonaws.com` call `sns:Publish` in the topic policy, or give the target a role that may.',
      ],
    },
    {
      letter: 'e',
      goal: 'Have the group in the other VPC closed too, by a document that revokes only the rules it finds, and leave no remediation exception behind.',
      statements: ['5.2', '5.3'],
      hints: [
        'Look at the error of the failed step. What does EC2 answer to a revocation of a rule that is not there, in the default VPC and in any other?',
        'AWS-DisablePublicAccessForSecurityGroup revokes four fixed rules. In Systems Manager, Documents, create an Automation document that first asks (DescribeSecurityGroupRules) and then revokes what it found; each step as your role. In Config, the rule, look whether the group has a remediation exception.',
        'Find rules on TCP 22 that are open to 0.0.0.0/0 or ::/0 with an output of type StringList, branch on whether there is any, and revoke by `SecurityGroupRuleIds`; or do the same in `aws:executeScript`. Leave 443 alone: AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules does not. Then `aws configservice delete-remediation-exceptions`, and `aws configservice start-config-rules-evaluation` for a group that is still open.',
      ],
    },
    {
      letter: 'f',
      goal: 'Let a failed automation of that document open an OpsItem in OpsCenter.',
      statements: ['4.3', '5.3'],
      hints: [
        'Look at who knows that an automation failed. Config sends no event about its remediations; Systems Manager does about its automations.',
        'EventBridge, a rule on the source `aws.ssm` with the target Systems Manager OpsItem. The status is in `detail.Status`, in words of that service; the document is in `detail.Definition`.',
        'Match `EC2 Automation Execution Status-change Notification` with `Status` `Failed` and your document as `Definition`; the target is `arn:aws:ssm:REGION:ACCOUNT:opsitem`, and AWS refuses it without a role: one that events.amazonaws.com may assume, with `ssm:CreateOpsItem` on `*`. A step with onFailure Continue makes the automation end in Success, and nobody hears of it.',
      ],
    },
  ],
});
