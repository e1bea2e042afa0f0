import type { Resource } from '../../changes/resource';
import { tagRecord } from '../../tags';
import { existingStacks } from './find';
import type { CloudFormationCall } from './state';

/** The stacks that exist, as other services see them. */
export const view = (call: CloudFormationCall): Resource[] =>
  existingStacks(call).map((stack) => ({
    arn: stack.id,
    type: 'AWS::CloudFormation::Stack',
    id: stack.id,
    name: stack.name,
    tags: tagRecord(stack.settings.tags),
    configuration: { StackName: stack.name, StackStatus: stack.status },
    createdAt: stack.createdAt,
  }));
