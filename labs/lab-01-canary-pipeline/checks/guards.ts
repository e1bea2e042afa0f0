import { fail, type Guard } from '../../../checker/check';
import { findLive } from '../release/live';
import { judge, liveReads } from './found';

export const liveAnswers: Guard = {
  kind: 'guard',
  title: 'The alias live serves orders',
  reads: [...liveReads, 'lambda:Invoke'],
  objective: 'Whatever happens to a release, customers get their tea.',
  hints: [
    'Look at which versions live sends orders to, and at what they answer.',
    'In Lambda, the function, Aliases, live: versions and weights; its log group has the errors.',
    'Put live on a version that works: `aws lambda update-alias --function-name NAME --name live --function-version N --routing-config {}`. `npm run lab reset lab-01` brings the first day back.',
  ],
  async look(account) {
    const live = await findLive(account);
    const wanted = 'Two teas for 8.';
    const where = 'Lambda, the orders function, Aliases, live';
    if (!live) return fail({ seen: 'There is no alias live.', wanted, where });
    const { FunctionError, Payload, ExecutedVersion } = await account.lambda.invoke({
      FunctionName: live.functionName,
      Qualifier: live.alias,
      Payload: Buffer.from(JSON.stringify({ item: 'tea', quantity: 2 })),
    });
    const text = Buffer.from(Payload ?? '').toString();
    const total = FunctionError ? undefined : (JSON.parse(text) as { total?: number })?.total;
    return judge(total === 8, {
      seen: `${live.arn} (version ${ExecutedVersion}) answers ${text}.`,
      wanted,
      where,
      proof: {
        call: 'lambda:Invoke',
        resource: live.arn,
        path: 'Payload.total',
        expected: 8,
        actual: total ?? text,
      },
    });
  },
};
