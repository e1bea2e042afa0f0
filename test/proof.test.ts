import { Stack } from 'aws-cdk-lib';
import { type Check, fail, pass } from '../checker/check';
import type { Report, Result } from '../checker/report/result';
import { notCaught } from './support/proof/claims';
import type { LoadedLab } from './support/proof/loaded';
import { prove, type Proved } from './support/proof/prove';
import { proofTable, summaryOf } from './support/proof/summary';

const stack = (...doors: [id: string, name: string, value: string][]) =>
  JSON.stringify({
    Resources: Object.fromEntries(
      doors.map(([id, Name, Value]) => [
        id,
        { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } },
      ]),
    ),
    Outputs: Object.fromEntries(doors.map(([id]) => [`${id}Name`, { Value: { Ref: id } }])),
  });

const house = (front: string, back: string) =>
  stack(['Front', '/front', front], ['Back', '/back', back]);

const isShut = (id: string, name: string): Check => ({
  title: `The door ${name} is shut`,
  points: 50,
  reads: ['ssm:GetParameter'],
  objective: 'Shut doors.',
  async look({ ssm, outputs }) {
    const { Parameter } = await ssm.getParameter({ Name: outputs[`${id}Name`] });
    const seen = `${name} is ${Parameter?.Value}.`;
    return Parameter?.Value === 'shut' ? pass(seen) : fail({ seen, wanted: 'Shut.', where: name });
  },
});

type Shut = { front: string; back: string };

/** A lab of two doors; a mutant says how it leaves them. */
function twoDoors(
  mutants: { name: string; breaks: string; says: string; doors: Shut }[],
): LoadedLab {
  let doors: Shut = { front: 'shut', back: 'shut' };
  return {
    short: 'lab-99',
    folder: '',
    lab: { tasks: [] } as never,
    checks: { frontIsShut: isShut('Front', '/front'), backIsShut: isShut('Back', '/back') },
    scene: stack(['Bell', '/bell', 'quiet']),
    starter: house('open', 'open'),
    solution(change) {
      doors = { front: 'shut', back: 'shut' };
      change?.(new Stack());
      return house(doors.front, doors.back);
    },
    mutants: mutants.map(({ doors: left, ...mutant }) => ({
      ...mutant,
      mutate: () => void (doors = left),
    })),
    refused: [],
    alternatives: [
      { name: 'template', template: house('shut', 'shut') },
      {
        name: 'calls',
        async act({ ssm }) {
          for (const Name of ['/front', '/back'])
            await ssm.putParameter({ Name, Value: 'shut', Overwrite: true });
        },
      },
    ],
  };
}

async function proved(lab: LoadedLab): Promise<Proved[]> {
  const lines: Proved[] = [];
  for await (const line of prove(lab)) lines.push(line);
  return lines;
}

test('templates and calls that start from the starter are answers, and a mutant is killed by its check alone', async () => {
  const lines = await proved(
    twoDoors([
      {
        name: 'the front door is ajar',
        breaks: 'frontIsShut',
        says: '/front is ajar',
        doors: { front: 'ajar', back: 'shut' },
      },
    ]),
  );

  expect(lines.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(summaryOf(lines)).toMatchObject({ mutants: 1, killed: 1, correct: 4, falseAlarms: 0 });
  expect(proofTable(lines)).toMatch(
    /mutant +the front door is ajar +frontIsShut +frontIsShut +\/front is ajar +ok/,
  );
});

test.each([
  [{ front: 'shut', back: 'shut' }, ['frontIsShut did not fail', 'exit code 0']],
  [{ front: 'ajar', back: 'ajar' }, ['also red: backIsShut: fail: /back is ajar.']],
  [
    { front: 'gone', back: 'shut' },
    ['frontIsShut: fail: /front is gone. does not say "/front is ajar"'],
  ],
])('a mutant that leaves the doors %j is no proof', async (doors, wrong) => {
  const lines = await proved(
    twoDoors([{ name: 'near miss', breaks: 'frontIsShut', says: '/front is ajar', doors }]),
  );

  expect(lines.at(-1)?.wrong).toEqual(wrong);
  expect(summaryOf(lines)).toMatchObject({ killed: 0, mutants: 1 });
});

test('what could not be seen is no kill', () => {
  const result = { id: 'frontIsShut', verdict: 'inconclusive', why: 'Denied.' } as Result;
  const report = { results: [result], exitCode: 2, passed: false } as unknown as Report;

  expect(notCaught(report, { breaks: 'frontIsShut', says: 'x' })).toContain(
    'frontIsShut: inconclusive: Denied.',
  );
});
