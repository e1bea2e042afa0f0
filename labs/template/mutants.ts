import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Mutant, Refused } from '../../checker/mutant';
import type SolutionStack from './solution/stack';

const raw = ({ orders }: SolutionStack): CfnQueue => orders.node.defaultChild as CfnQueue;

export const mutants: Mutant<SolutionStack>[] = [
  {
    name: 'the dead-letter queue is there and nothing leads to it',
    breaks: 'ordersRedriveToDeadLetters',
    says: 'has no redrive policy',
    mutate: (stack) => raw(stack).addPropertyDeletionOverride('RedrivePolicy'),
  },
  {
    name: 'one failed receive is enough, so a short outage loses orders',
    breaks: 'ordersRedriveToDeadLetters',
    says: 'after 1 receives',
    mutate: (stack) => raw(stack).addPropertyOverride('RedrivePolicy.maxReceiveCount', 1),
  },
];

export const refused: Refused[] = [];
