import type { Account } from '../../../checker/account';

/** The event that S3 sends when release.zip is put into a bucket with EventBridge notifications. */
export const released = (account: Account, bucket: string) => ({
  ...envelope(account),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    bucket: { name: bucket },
    object: {
      key: 'release.zip',
      size: 1024,
      etag: 'b1946ac92492d2347c6235b4d2611184',
      'version-id': 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
      sequencer: '00617F08299329D189',
    },
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: account.accountId,
    'source-ip-address': '192.0.2.1',
    reason: 'PutObject',
  },
});

/** The events of CodePipeline that tell of a failed execution, each by itself enough (FACTS C1.3). */
export const failures = (account: Account, pipeline: string) => {
  const common = {
    ...envelope(account),
    source: 'aws.codepipeline',
    resources: [`arn:aws:codepipeline:${account.region}:${account.accountId}:${pipeline}`],
  };
  const detail = {
    pipeline,
    'execution-id': '01234567-0123-0123-0123-012345678901',
    'start-time': account.now().toISOString(),
    state: 'FAILED',
    version: 1,
    'pipeline-execution-attempt': 1,
  };
  const stage = { ...detail, stage: 'Build' };
  const action = {
    ...stage,
    action: 'Build',
    region: account.region,
    type: { owner: 'AWS', provider: 'CodeBuild', category: 'Build', version: '1' },
  };
  return [
    { ...common, 'detail-type': 'CodePipeline Pipeline Execution State Change', detail },
    { ...common, 'detail-type': 'CodePipeline Stage Execution State Change', detail: stage },
    { ...common, 'detail-type': 'CodePipeline Action Execution State Change', detail: action },
  ];
};

// --- internal ---

const envelope = (account: Account) => ({
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  account: account.accountId,
  time: `${account.now().toISOString().slice(0, 19)}Z`,
  region: account.region,
});
