import { createHash } from 'node:crypto';
import { describeShape } from './describe-shape';
import type { ConfigCall, Evaluation, Item, Rule } from './state';

const hashOf = (value: unknown): string =>
  createHash('md5').update(JSON.stringify(value)).digest('hex');

function eventItem(item: Item, { accountId, region }: ConfigCall) {
  const configuration = describeShape(item, accountId);
  return {
    relatedEvents: [],
    relationships: [],
    configuration,
    supplementaryConfiguration: {},
    tags: item.tags,
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: item.capturedAt.toISOString(),
    configurationStateId: Number(item.stateId),
    awsAccountId: accountId,
    configurationItemStatus: item.status,
    resourceType: item.type,
    resourceId: item.id,
    resourceName: item.name ?? null,
    ARN: item.arn,
    awsRegion: region,
    availabilityZone: 'Not Applicable',
    configurationStateMd5Hash: '',
    ...(item.createdAt && { resourceCreationTime: item.createdAt.toISOString() }),
  };
}

/** What changed between two items, by top-level member of the configuration. */
function difference(before: Item | undefined, after: Item, accountId: string) {
  const shapes = [before, after].map((item) => (item && describeShape(item, accountId)) ?? {});
  const [previous = {}, updated = {}] = shapes;
  const members = [...new Set([...Object.keys(previous), ...Object.keys(updated)])];
  const changed = members.filter((name) => hashOf([previous[name]]) !== hashOf([updated[name]]));
  const changeType = (has: { before: unknown; after: unknown }) => {
    if (has.before === undefined) return 'CREATE';
    return has.after === undefined ? 'DELETE' : 'UPDATE';
  };
  return {
    changeType:
      { ResourceDiscovered: 'CREATE', ResourceDeleted: 'DELETE' }[after.status as string] ??
      'UPDATE',
    changedProperties: Object.fromEntries(
      changed.map((name) => [
        `Configuration.${name}`,
        {
          previousValue: previous[name] ?? null,
          updatedValue: updated[name] ?? null,
          changeType: changeType({ before: previous[name], after: updated[name] }),
        },
      ]),
    ),
  };
}

/** `Config Configuration Item Change`, for every item that is recorded. */
export function notifyItem(item: Item, before: Item | undefined, call: ConfigCall): void {
  call.emit({
    source: 'aws.config',
    detailType: 'Config Configuration Item Change',
    resources: [item.arn],
    detail: {
      recordVersion: '1.3',
      messageType: 'ConfigurationItemChangeNotification',
      configurationItemDiff: difference(before, item, call.accountId),
      configurationItem: eventItem(item, call),
      notificationCreationTime: call.now().toISOString(),
    },
  });
}

const eventResult = (rule: Rule, evaluation: Evaluation) => ({
  evaluationResultIdentifier: {
    evaluationResultQualifier: {
      configRuleName: rule.configuration.ConfigRuleName,
      resourceType: evaluation.type,
      resourceId: evaluation.id,
    },
    orderingTimestamp: evaluation.orderingTimestamp.toISOString(),
  },
  complianceType: evaluation.compliance,
  resultRecordedTime: evaluation.recordedAt.toISOString(),
  configRuleInvokedTime: evaluation.invokedAt.toISOString(),
  ...(evaluation.annotation !== undefined && { annotation: evaluation.annotation }),
});

/** `Config Rules Compliance Change`, when the verdict on a resource is not what it was. */
export function notifyCompliance(
  rule: Rule,
  { now, before }: { now: Evaluation; before: Evaluation | undefined },
  call: ConfigCall,
): void {
  call.emit({
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    resources: [],
    detail: {
      resourceId: now.id,
      awsRegion: call.region,
      awsAccountId: call.accountId,
      configRuleName: rule.configuration.ConfigRuleName,
      recordVersion: '1.0',
      configRuleARN: rule.configuration.ConfigRuleArn,
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: eventResult(rule, now),
      ...(before && { oldEvaluationResult: eventResult(rule, before) }),
      notificationCreationTime: call.now().toISOString(),
      resourceType: now.type,
    },
  });
}
