import type { CodeDeploy, DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { templateError } from '../errors';
import type { AliasUpdate, StackResource } from '../stack';
import { evaluate } from '../template/evaluate';
import type { scopeOf } from '../template/model';
import { isRecord, type ResourceDeclaration } from '../template/template';
import { text } from '../template/text';
import { CalledOff, waitOutside } from './hold';
import type { Run } from './run';

/** What codedeploy announces when a deployment is over. */
export const deploymentType = 'AWS::CodeDeploy::Deployment';

/** What an update that waits for a deployment is parked under. */
export const deploymentKey = (id: string): string => `deployment:${id}`;

/** A deployment that no hook and no alarm ends is over by then: the longest shift is two days. */
const longestMs = 4 * 24 * 3600_000;

/** The UpdatePolicy of a Lambda alias, whose version then changes by a CodeDeploy deployment only. */
export function aliasUpdateOf(
  { Type, UpdatePolicy }: ResourceDeclaration,
  scope: ReturnType<typeof scopeOf>,
): Pick<StackResource, 'aliasUpdate'> {
  if (Type !== 'AWS::Lambda::Alias') return {};
  if (UpdatePolicy === undefined) return { aliasUpdate: undefined };
  const policy = evaluate(UpdatePolicy, scope);
  const update = isRecord(policy) ? policy['CodeDeployLambdaAliasUpdate'] : undefined;
  if (!isRecord(update)) return { aliasUpdate: undefined };
  const { ApplicationName, DeploymentGroupName, ...hooks } = update;
  if (!ApplicationName || !DeploymentGroupName)
    // text unverified
    throw templateError(
      'CodeDeployLambdaAliasUpdate needs ApplicationName and DeploymentGroupName',
    );
  return {
    aliasUpdate: {
      ApplicationName: text(ApplicationName),
      DeploymentGroupName: text(DeploymentGroupName),
      ...hooks,
    },
  };
}

/** Whether an update waits for a deployment to move an alias. */
export const isShifting = ({ status, deploymentId }: StackResource): boolean =>
  status === 'UPDATE_IN_PROGRESS' && deploymentId !== undefined;

/**
 * Has CodeDeploy move an alias to its new version, and waits for the end of it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html).
 * A rollback goes back at once, without hooks and whatever the alarms say.
 */
export async function shiftAlias(
  run: Run,
  before: StackResource,
  after: StackResource,
): Promise<void> {
  const shift = shiftFor(run, before, after);
  if (!shift) return;
  const { aliasUpdate, goesBack } = shift;
  const sourceArn = `${run.stack.id}${goesBack ? '#rollback' : ''}`;
  const codedeploy = run.call.client<CodeDeploy>('codedeploy', { ...run.caller, sourceArn });
  if (goesBack) await stopRunning(run, codedeploy, aliasUpdate);
  // One that an earlier process has begun goes on; a way back is always a new one.
  const begun = goesBack ? undefined : after.deploymentId;
  after.deploymentId = begun ?? (await begin(codedeploy, after, shift));
  note(run, after);
  expectSuccess(await ended(run, codedeploy, after.deploymentId));
}

/** The stack's own record is a copy, and another process has only that. */
function note({ stack, call }: Run, { logicalId, deploymentId }: StackResource): void {
  const own = stack.resources.get(logicalId);
  if (!own || deploymentId === undefined) return;
  stack.resources.set(logicalId, { ...own, deploymentId });
  call.touch();
}

async function begin(codedeploy: CodeDeploy, after: StackResource, shift: Shift): Promise<string> {
  const { aliasUpdate, goesBack } = shift;
  const content = appSpec(after, shift);
  const { deploymentId = '' } = await codedeploy.createDeployment({
    applicationName: aliasUpdate.ApplicationName,
    deploymentGroupName: aliasUpdate.DeploymentGroupName,
    deploymentConfigName: goesBack ? 'CodeDeployDefault.LambdaAllAtOnce' : undefined,
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
  });
  return deploymentId;
}

interface Shift {
  aliasUpdate: AliasUpdate;
  from: string;
  to: string;
  goesBack: boolean;
}

/** Nothing when the version stays, or when there is no deployment that a rollback could take back. */
function shiftFor(run: Run, before: StackResource, after: StackResource): Shift | undefined {
  const { aliasUpdate } = after;
  const [from, to] = [versionOf(before), versionOf(after)];
  if (!aliasUpdate || from === to) return undefined;
  const goesBack = run.stack.status.startsWith('UPDATE_ROLLBACK');
  if (goesBack && before.deploymentId === undefined) return undefined;
  return { aliasUpdate, from, to, goesBack };
}

/** A deployment that this stack began and that an interrupted update has left to itself. */
async function stopRunning(
  { stack }: Run,
  codedeploy: CodeDeploy,
  { ApplicationName, DeploymentGroupName }: AliasUpdate,
): Promise<void> {
  const { deployments = [] } = await codedeploy.listDeployments({
    applicationName: ApplicationName,
    deploymentGroupName: DeploymentGroupName,
    externalId: stack.id,
    includeOnlyStatuses: ['Created', 'Queued', 'InProgress'],
  });
  for (const deploymentId of deployments) await codedeploy.stopDeployment({ deploymentId });
}

function expectSuccess({ deploymentId, status, errorInformation }: DeploymentInfo): void {
  if (status === 'Succeeded') return;
  // text unverified
  throw new Error(errorInformation?.message ?? `Deployment ${deploymentId} ended ${status}.`);
}

const versionOf = ({ properties }: StackResource): string => String(properties['FunctionVersion']);

function appSpec(
  { properties, aliasUpdate }: StackResource,
  { from, to, goesBack }: Shift,
): string {
  const { BeforeAllowTrafficHook, AfterAllowTrafficHook } = aliasUpdate ?? {};
  const hooks = goesBack
    ? []
    : [
        ...(BeforeAllowTrafficHook ? [{ BeforeAllowTraffic: BeforeAllowTrafficHook }] : []),
        ...(AfterAllowTrafficHook ? [{ AfterAllowTraffic: AfterAllowTrafficHook }] : []),
      ];
  const Name = text(properties['FunctionName']).replace(/^.*:function:/, '');
  const Alias = text(properties['Name']);
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [Name]: {
          Type: 'AWS::Lambda::Function',
          Properties: { Name, Alias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
    ...(hooks.length > 0 ? { Hooks: hooks } : {}),
  });
}

async function ended(run: Run, codedeploy: CodeDeploy, id: string): Promise<DeploymentInfo> {
  const deadline = new Date(run.call.now().getTime() + longestMs);
  for (;;) {
    // It waits before it looks, so that an end in between is not missed.
    const news = waitOutside(run, deploymentKey(id), deadline);
    news.catch(() => undefined);
    const { deploymentInfo = {} } = await codedeploy.getDeployment({ deploymentId: id });
    if (/^(Succeeded|Failed|Stopped)$/.test(deploymentInfo.status ?? '')) {
      run.call.wake(deploymentKey(id));
      return deploymentInfo;
    }
    try {
      await news;
    } catch (error) {
      if (error instanceof CalledOff) await codedeploy.stopDeployment({ deploymentId: id });
      throw error;
    }
  }
}
