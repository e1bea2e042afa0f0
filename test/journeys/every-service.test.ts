import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';
jest.setTimeout(120_000);
let end: FrontEnd;
beforeAll(async () => { end = await frontEnd({ apps: ['every-service', 'every-service-changed'] }); });
afterAll(() => end.close());
test('x', async () => {
  const t = [performance.now()];
  const a = await end.deploy('every-service'); t.push(performance.now());
  console.log(a.stdout.slice(-3000), a.stderr.slice(-6000), a.code);
  const b = await end.cdk('diff', '--app', end.app('every-service-changed')); t.push(performance.now());
  console.log(b.stdout.slice(-8000), b.stderr.slice(-6000), b.code);
  const c = await end.deploy('every-service-changed'); t.push(performance.now());
  console.log(c.stdout.slice(-3000), c.stderr.slice(-6000), c.code);
  const d = await end.cdk('destroy', '--app', end.app('every-service-changed'), '--force'); t.push(performance.now());
  console.log(d.stdout.slice(-3000), d.stderr.slice(-6000), d.code);
  console.log(t.map((x) => Math.round(x - t[0]!)));
  console.log((await end.client(CloudFormation).listStacks({})).StackSummaries!.map((s) => [s.StackName, s.StackStatus]));
});
