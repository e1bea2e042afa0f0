/** Proves that the group is one of the lab's, then revokes exactly the rule that must not be there. */
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
      name: 'RevokeSsh',
      action: 'aws:executeAwsApi',
      onFailure: 'Abort',
      inputs: {
        Service: 'ec2',
        Api: 'RevokeSecurityGroupIngress',
        GroupId: '{{ GroupId }}',
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
      },
      isEnd: true,
    },
  ],
};
