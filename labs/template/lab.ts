import { defineLab } from '../../checker/lab';

export default defineLab({
  title: 'Poison messages block the orders queue',
  domain: 3,
  minutes: 20,
  difficulty: 'foundation',
  cost: {
    usdPerHour: 0,
    source: 'Amazon SQS: first million requests a month',
    checked: '2026-11-23',
  },
  targets: ['emulator'],
  complete: false,
  free: {
    '1209600': 'fourteen days, which a guard only watches',
    '{"poison":true}': 'the message that the drill sends',
  },
  tasks: [
    {
      letter: 'a',
      goal: 'Let a message that was received 5 times in vain go to the dead-letter queue of the scene.',
      statements: ['3.3'],
      hints: [
        'Look at what happens to a message that no worker deletes.',
        'In SQS, the orders queue, Dead-letter queue; in CloudFormation the RedrivePolicy of AWS::SQS::Queue.',
        'Set `RedrivePolicy` on the orders queue: `deadLetterTargetArn` is the ARN of the dead-letter queue, `maxReceiveCount` is 5.',
      ],
    },
  ],
});
