import type { Mutant } from '../../../checker/mutant';
import type SolutionStack from '../solution/stack';
import { raw } from './raw';

const revokeStatement = 'Policies.0.PolicyDocument.Statement.1';

/** What goes wrong from the change to the automation, and with the alert: tasks (a) to (d). */
export const finding: Mutant<SolutionStack>[] = [
  {
    name: 'the role is trusted by Config, which starts the automation but does not run it',
    breaks: 'roleIsTrustedBySsmOnly',
    says: 'is trusted by config.amazonaws.com',
    mutate: ({ role }) =>
      raw(role).addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal', {
        Service: 'config.amazonaws.com',
      }),
  },
  {
    name: 'the role is trusted by Config besides SSM',
    breaks: 'roleIsTrustedBySsmOnly',
    says: 'ssm.amazonaws.com, config.amazonaws.com',
    mutate: ({ role }) =>
      raw(role).addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal', {
        Service: ['ssm.amazonaws.com', 'config.amazonaws.com'],
      }),
  },
  {
    name: 'the role may do everything with the groups of the lab',
    breaks: 'roleMayDoNothingElse',
    says: 'ec2:DeleteSecurityGroup',
    mutate: ({ role }) => raw(role).addPropertyOverride(`${revokeStatement}.Action`, 'ec2:*'),
  },
  {
    name: 'the role may revoke on every group: no condition on the tag',
    breaks: 'roleReachesOnlyTaggedGroups',
    says: 'untagged group',
    mutate: ({ role }) => raw(role).addPropertyDeletionOverride(`${revokeStatement}.Condition`),
  },
  {
    name: 'the rule looks at other ports: RESTRICTED_INCOMING_TRAFFIC as it comes',
    breaks: 'sshRuleIsActive',
    says: 'RESTRICTED_INCOMING_TRAFFIC',
    mutate: ({ rule }) =>
      raw(rule).addPropertyOverride('Source.SourceIdentifier', 'RESTRICTED_INCOMING_TRAFFIC'),
  },
  {
    name: 'the rule is scoped to the id of one group',
    breaks: 'sshRuleIsScopedByTag',
    says: 'the one resource sg-',
    mutate: ({ rule }) =>
      raw(rule).addPropertyOverride('Scope', {
        TagKey: undefined,
        TagValue: undefined,
        ComplianceResourceId: { 'Fn::ImportValue': 'lab-05-DefaultVpcGroupId' },
        ComplianceResourceTypes: ['AWS::EC2::SecurityGroup'],
      }),
  },
  {
    name: 'the rule has no remediation',
    breaks: 'remediationRunsByItself',
    says: 'The rule has no remediation.',
    mutate: ({ node, remediation }) => {
      node.tryRemoveChild(remediation.node.id);
    },
  },
  {
    name: 'the remediation waits for a human',
    breaks: 'remediationRunsByItself',
    says: 'is manual',
    mutate: ({ remediation }) => {
      remediation.automatic = false;
    },
  },
  {
    name: 'the automation always gets the same group',
    breaks: 'groupComesFromTheFinding',
    says: 'GroupId is always sg-',
    mutate: ({ remediation }) =>
      remediation.addPropertyOverride('Parameters.GroupId', {
        ResourceValue: undefined,
        StaticValue: { Values: [{ 'Fn::ImportValue': 'lab-05-DefaultVpcGroupId' }] },
      }),
  },
  {
    name: 'the pattern looks for the verdict where it is not: detail.complianceType',
    breaks: 'alertRuleMatchesNonCompliant',
    says: 'does not match the event',
    mutate: ({ alertRule }) =>
      raw(alertRule).addPropertyOverride('EventPattern.detail', {
        newEvaluationResult: undefined,
        complianceType: ['NON_COMPLIANT'],
      }),
  },
  {
    name: 'the topic never lets EventBridge publish',
    breaks: 'eventBridgeMayPublish',
    says: 'does not let EventBridge publish',
    mutate: ({ node, alertsPolicy }) => {
      node.tryRemoveChild(alertsPolicy.node.id);
    },
  },
];
