import type { Permission } from '../../service';
import { findStack } from './find';
import type { CloudFormationCall, CloudFormationRequirements } from './state';

interface OnStack {
  StackName?: string | undefined;
  RoleARN?: string | undefined;
}

/** A stack's id; of one that does not exist, the ARN of any stack of that name. */
function arnOf(call: CloudFormationCall, name = ''): string {
  if (name === '' || name === '*') return '*';
  if (name.startsWith('arn:')) return name;
  return findStack(call, name)?.id ?? call.arn(`stack/${name}/*`);
}

const onStack =
  (operation: string) =>
  (input: OnStack, call: CloudFormationCall): Permission[] => [
    { action: `cloudformation:${operation}`, resources: [arnOf(call, input.StackName)] },
    ...passRole(input),
  ];

const passRole = ({ RoleARN: roleArn }: OnStack): Permission[] =>
  roleArn
    ? [
        {
          action: 'iam:PassRole',
          resources: [roleArn],
          context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
        },
      ]
    : [];

const onChangeSet =
  (operation: string) =>
  (input: OnStack & { ChangeSetName?: string | undefined }, call: CloudFormationCall) => {
    const { ChangeSetName: changeSet = '', StackName: name } = input;
    const stackId = call.state.changeSets.get(changeSet)?.stackId;
    return onStack(operation)({ StackName: name ?? stackId ?? '*' }, call);
  };

export const permissions = {
  CancelUpdateStack: onStack('CancelUpdateStack'),
  ContinueUpdateRollback: onStack('ContinueUpdateRollback'),
  CreateChangeSet: onStack('CreateChangeSet'),
  CreateStack: onStack('CreateStack'),
  DeleteChangeSet: onChangeSet('DeleteChangeSet'),
  DeleteStack: onStack('DeleteStack'),
  DescribeChangeSet: onChangeSet('DescribeChangeSet'),
  DescribeEvents: onStack('DescribeEvents'),
  DescribeStackEvents: onStack('DescribeStackEvents'),
  DescribeStackResource: onStack('DescribeStackResource'),
  DescribeStackResourceDrifts: onStack('DescribeStackResourceDrifts'),
  DescribeStackResources: onStack('DescribeStackResources'),
  DescribeStacks: onStack('DescribeStacks'),
  DetectStackDrift: onStack('DetectStackDrift'),
  DetectStackResourceDrift: onStack('DetectStackResourceDrift'),
  ExecuteChangeSet: onChangeSet('ExecuteChangeSet'),
  GetStackPolicy: onStack('GetStackPolicy'),
  GetTemplate: onStack('GetTemplate'),
  GetTemplateSummary: onStack('GetTemplateSummary'),
  ListChangeSets: onStack('ListChangeSets'),
  ListStackResources: onStack('ListStackResources'),
  RollbackStack: onStack('RollbackStack'),
  SetStackPolicy: onStack('SetStackPolicy'),
  SignalResource: onStack('SignalResource'),
  UpdateStack: onStack('UpdateStack'),
  UpdateTerminationProtection: onStack('UpdateTerminationProtection'),
} satisfies CloudFormationRequirements;
