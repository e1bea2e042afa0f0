import { defineLab } from '../../checker/lab';
import { cleanUp } from './scene/clean-up';
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
  complete: false,
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
    'sg-00000000000000000': 'a group that is not there, for a simulation',
  },
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
        'Set `Automatic` true, `MaximumAutomaticAttempts` 5, `RetryAttemptSeconds` 60. The group parameter of the document gets `ResourceValue: { Value: RESOURCE_ID }`, and AutomationAssumeRole a `StaticValue`: without that role AWS refuses automatic. AWS-DisablePublicAccessForSecurityGroup closes the group in the default VPC; a document of your own may close both.',
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
  ],
});
