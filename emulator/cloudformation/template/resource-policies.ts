import { formatError, templateError, validationError } from '../errors';
import { isRecord } from './template';
import { text } from './text';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
const canSnapshot = [
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
];

const retentions = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
};

type Retention = keyof typeof retentions;

/** Which attributes wait for signals or steer updates, and the types that have them do so. */
const behaviours = {
  CreationPolicy: {
    types: [
      'AWS::AppStream::Fleet',
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::CloudFormation::WaitCondition',
      'AWS::EC2::Instance',
    ],
    members: ['AutoScalingCreationPolicy', 'ResourceSignal', 'StartFleet'],
  },
  UpdatePolicy: {
    types: [
      'AWS::AppStream::Fleet',
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::Elasticsearch::Domain',
      'AWS::Lambda::Alias',
      'AWS::OpenSearchService::Domain',
    ],
    members: [
      'AutoScalingReplacingUpdate',
      'AutoScalingRollingUpdate',
      'AutoScalingScheduledAction',
      'CodeDeployLambdaAliasUpdate',
      'EnableVersionUpgrade',
      'StartAfterUpdate',
      'StopBeforeUpdate',
      'UseOnlineResharding',
    ],
  },
};

type Behaviour = keyof typeof behaviours;

type Resource = Record<string, unknown>;

/** Checks the four attributes that say how a resource is made, changed and removed. */
export function checkPolicies(logicalId: string, resource: Resource, isExtended: boolean): void {
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    const policy = resource[name];
    if (policy === undefined || (isExtended && isRecord(policy))) continue;
    checkRetention(name, { logicalId, type: text(resource['Type']), policy });
  }
  for (const name of ['CreationPolicy', 'UpdatePolicy'] as const) {
    if (resource[name] !== undefined) checkBehaviour(name, resource);
  }
}

/** Whether an attribute knows such a value at all. */
export const isRetention = (name: Retention, policy: string): boolean =>
  retentions[name].includes(policy);

interface Retained {
  logicalId: string;
  type: string;
  policy: unknown;
}

/** Refuses a DeletionPolicy or UpdateReplacePolicy that the type cannot have. */
export function checkRetention(name: Retention, { logicalId, type, policy }: Retained): void {
  if (typeof policy !== 'string') throw formatError(`Every ${name} member must be a string.`);
  if (!isRetention(name, policy)) {
    throw formatError(`Unrecognized ${name} ${policy} for resource ${logicalId}`);
  }
  if (policy !== 'Snapshot') return;
  if (canSnapshot.includes(type)) {
    throw validationError(`${name} Snapshot of ${type} is not emulated`);
  }
  const policyName = name === 'DeletionPolicy' ? 'deletion' : 'update replace';
  // Text not verified against AWS for UpdateReplacePolicy.
  throw templateError(`resource type ${type} does not support ${policyName} policy Snapshot`);
}

function checkBehaviour(name: Behaviour, resource: Resource): void {
  const { types, members } = behaviours[name];
  const policy = resource[name];
  if (!isRecord(policy) || 'Ref' in policy) throw formatError('Expected an object');
  // On any other type CloudFormation passes the attribute over.
  if (!types.includes(text(resource['Type']))) return;
  const unknown = Object.keys(policy).filter(
    (member) => !members.includes(member) && member !== 'Fn::If',
  );
  if (unknown.length > 0) {
    // Text not verified against AWS.
    throw formatError(`Invalid ${name} property or properties [${unknown.join(', ')}]`);
  }
  checkSignal(policy['ResourceSignal']);
}

const duration = /^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/;

// Both texts were not verified against AWS.
function checkSignal(signal: unknown): void {
  if (!isRecord(signal)) return;
  const { Count: count = 1, Timeout: timeout = 'PT5M' } = signal;
  if (!isRecord(count) && !/^\d+$/.test(text(count))) {
    throw validationError('Encountered non numeric value for property Count');
  }
  if (!isRecord(timeout) && !duration.test(text(timeout))) {
    throw validationError('Timeout must be an ISO-8601 compliant duration');
  }
}

const heeded = [
  'UpdatePolicy AWS::AutoScaling::AutoScalingGroup',
  'UpdatePolicy AWS::Lambda::Alias',
  'CreationPolicy AWS::AutoScaling::AutoScalingGroup',
  'CreationPolicy AWS::CloudFormation::WaitCondition',
  'CreationPolicy AWS::EC2::Instance',
];

/** The attribute that a resource counts on and that nothing here acts upon yet. */
export function unheeded(type: string, resource: object): Behaviour | undefined {
  const names: Behaviour[] = ['CreationPolicy', 'UpdatePolicy'];
  return names.find(
    (name) =>
      name in resource &&
      behaviours[name].types.includes(type) &&
      !heeded.includes(`${name} ${type}`),
  );
}
