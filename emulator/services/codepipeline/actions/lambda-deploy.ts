import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { ActionContext, ActionOutcome, ActionProvider } from './provider';

/**
 * Deploys a function behind an alias without CodeDeploy (FACTS C1.4): no hooks, no deployment
 * group; listed alarms make it fail, and the alias goes back to the one version behind it.
 */
export const lambdaDeploy: ActionProvider = {
  category: 'Deploy',
  owner: 'AWS',
  provider: 'Lambda',
  inputs: [0, 1],
  outputs: [0, 0],
  isV2Only: true,
  // text unverified
  timeoutMessage: 'The deployment of the AWS Lambda function has timed out.',
  timeoutMinutes: 24 * 60,

  async start(context) {
    const lambda = await context.client<Lambda>('lambda');
    const FunctionName = context.configuration['FunctionName'];
    const Name = context.configuration['FunctionAlias'];
    const to = await targetVersion(context, lambda);
    if (Name === undefined) return succeeded(to);
    const alias = await lambda.getAlias({ FunctionName, Name });
    if (Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0)
      // text unverified
      throw new Error(`The alias ${Name} must have exactly one version behind it.`);
    const strategy = context.configuration['DeployStrategy'] ?? 'AllAtOnce';
    Object.assign(context.run.memory, { from: alias.FunctionVersion, to, weight: '0', strategy });
    return shift(context, lambda);
  },

  async resume(context) {
    const lambda = await context.client<Lambda>('lambda');
    const active = await activeAlarms(context);
    if (active.length === 0) return isDue(context) ? shift(context, lambda) : { status: 'pending' };
    await move(context, lambda, 0);
    // text unverified
    const message = `Monitored alarms went to ALARM: ${active.join(', ')}`;
    return { status: 'Failed', code: 'JobFailed', message };
  },
};

async function targetVersion(context: ActionContext, lambda: Lambda): Promise<string> {
  const { FunctionName, PublishedTargetVersion } = context.configuration;
  if (PublishedTargetVersion !== undefined) return PublishedTargetVersion;
  const [artifact] = context.run.inputs;
  // text unverified
  if (!artifact) throw new Error('The action needs an input artifact or PublishedTargetVersion.');
  await lambda.updateFunctionCode({ FunctionName, ZipFile: await context.read(artifact) });
  const { Version = '' } = await lambda.publishVersion({ FunctionName });
  return Version;
}

/** `Canary10Percent5Minutes`, `Linear10PercentEvery1Minute`, `AllAtOnce` */
function strategyOf(text: string): { share: number; minutes: number; isLinear: boolean } {
  if (text === 'AllAtOnce') return { share: 100, minutes: 0, isLinear: false };
  const match = /^(?:(Linear)(\d+)PercentEvery(\d+)Minutes?|Canary(\d+)Percent(\d+)Minutes?)$/.exec(
    text,
  );
  // text unverified
  if (!match) throw new Error(`The deployment strategy ${text} is not valid.`);
  const [, linear, step, every, canary, wait] = match;
  return {
    share: Number(step ?? canary),
    minutes: Number(every ?? wait),
    isLinear: linear !== undefined,
  };
}

const isDue = ({ run, call }: ActionContext): boolean =>
  call.now().getTime() >= Number(run.memory['dueAt'] ?? 0);

async function shift(context: ActionContext, lambda: Lambda): Promise<ActionOutcome> {
  const { run, call, pipeline, execution } = context;
  const { share, minutes, isLinear } = strategyOf(run.memory['strategy'] ?? '');
  const before = Number(run.memory['weight']);
  const weight = before === 0 || isLinear ? Math.min(before + share, 100) : 100;
  await move(context, lambda, weight);
  run.memory['weight'] = String(weight);
  if (weight >= 100) return succeeded(run.memory['to'] ?? '');
  const at = new Date(call.now().getTime() + minutes * 60_000);
  run.memory['dueAt'] = String(at.getTime());
  const payload = { pipeline: pipeline.name, execution: execution.id, run: run.id };
  call.timers.set({ name: 'resumeAction', at, payload });
  return { status: 'pending', watch: { type: 'AWS::CloudWatch::Alarm', ids: alarmsOf(context) } };
}

const succeeded = (version: string): ActionOutcome => ({
  status: 'Succeeded',
  externalId: version,
  outputVariables: { FunctionVersion: version },
});

async function move(context: ActionContext, lambda: Lambda, percent: number): Promise<void> {
  const { from = '', to = '' } = context.run.memory;
  await lambda.updateAlias({
    FunctionName: context.configuration['FunctionName'],
    Name: context.configuration['FunctionAlias'],
    FunctionVersion: percent >= 100 ? to : from,
    RoutingConfig: {
      AdditionalVersionWeights: percent > 0 && percent < 100 ? { [to]: percent / 100 } : {},
    },
  });
}

const alarmsOf = ({ configuration }: ActionContext): string[] =>
  (configuration['Alarms'] ?? '').split(',').flatMap((name) => name.trim() || []);

async function activeAlarms(context: ActionContext): Promise<string[]> {
  const AlarmNames = alarmsOf(context);
  if (AlarmNames.length === 0) return [];
  const cloudwatch = await context.client<CloudWatch>('cloudwatch');
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.describeAlarms({
    AlarmNames,
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    StateValue: 'ALARM',
  });
  return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName = [] }) => AlarmName);
}
