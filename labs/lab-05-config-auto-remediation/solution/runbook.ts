const open = "(@.CidrIpv4 == '0.0.0.0/0' || @.CidrIpv6 == '::/0')";
const onSsh = "@.IpProtocol == 'tcp' && @.FromPort == 22 && @.ToPort == 22";

/** Proves that the group is one of the lab's, then revokes the rules on SSH that it finds open to the world. */
export const closeSsh = {
  schemaVersion: '0.3',
  description: 'Closes SSH to the world on one security group of the lab.',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    GroupId: { type: 'String', description: 'The security group that is open.' },
    AutomationAssumeRole: { type: 'String', description: 'The role that may close it.' },
  },
  mainSteps: [
    {
      name: 'ProveGroup',
      action: 'aws:assertAwsResourceProperty',
      onFailure: 'Abort',
      inputs: {
        Service: 'ec2',
        Api: 'DescribeSecurityGroups',
        Filters: [
          { Name: 'group-id', Values: ['{{ GroupId }}'] },
          { Name: 'tag:dop-labs:lab', Values: ['lab-05'] },
        ],
        PropertySelector: '$.SecurityGroups[0].GroupId',
        DesiredValues: ['{{ GroupId }}'],
      },
    },
    {
      name: 'FindRules',
      action: 'aws:executeAwsApi',
      onFailure: 'Abort',
      inputs: {
        Service: 'ec2',
        Api: 'DescribeSecurityGroupRules',
        Filters: [{ Name: 'group-id', Values: ['{{ GroupId }}'] }],
      },
      outputs: [
        {
          Name: 'RuleIds',
          Selector: `$.SecurityGroupRules[?(@.IsEgress == false && ${onSsh} && ${open})].SecurityGroupRuleId`,
          Type: 'StringList',
        },
      ],
    },
    {
      // A finding may be older than the group: nothing left to revoke is no failure.
      name: 'IsAnyLeft',
      action: 'aws:branch',
      inputs: {
        Choices: [{ NextStep: 'RevokeSsh', Variable: '{{ FindRules.RuleIds }}', Contains: 'sgr-' }],
      },
      isEnd: true,
    },
    {
      name: 'RevokeSsh',
      action: 'aws:executeAwsApi',
      onFailure: 'Abort',
      inputs: {
        Service: 'ec2',
        Api: 'RevokeSecurityGroupIngress',
        GroupId: '{{ GroupId }}',
        SecurityGroupRuleIds: '{{ FindRules.RuleIds }}',
      },
      isEnd: true,
    },
  ],
};
