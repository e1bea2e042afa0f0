import { freshSecret } from './specs';
import type { Key, KmsCall } from './state';
import { table } from '../../table';

/** Services that encrypt with a key of their own in each account, by the alias of that key. */
const services = [
  'backup',
  'codecommit',
  'dynamodb',
  'ebs',
  'elasticfilesystem',
  'kinesis',
  'lambda',
  'rds',
  'redshift',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'xray',
];

// Volumes and databases are encrypted by way of EC2 and RDS.
const callers: Record<string, string> = table({ ebs: 'ec2' });

/** Aliases that AWS has reserved in every account, whether or not there is a key yet. */
export const managedAliases = services.map((service) => `alias/aws/${service}`);

/** The AWS managed key of `alias/aws/s3`, made on first use; nothing for other aliases. */
export function managedKey(alias: string, call: KmsCall): Key | undefined {
  const service = alias.replace('alias/aws/', '');
  if (!managedAliases.includes(alias)) return undefined;
  const id = call.random.uuid();
  const now = call.now();
  const key: Key = {
    id,
    arn: call.arn(`key/${id}`),
    accountId: call.accountId,
    createdAt: now,
    description: `Default key that protects my ${service} data when no other key is defined`,
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    state: 'Enabled',
    manager: 'AWS',
    policy: policyFor(service, call),
    tags: {},
    materials: [
      { id: call.random.hex(64), secret: freshSecret('SYMMETRIC_DEFAULT') ?? new Uint8Array() },
    ],
    grants: new Map(),
  };
  call.state.keys.set(id, key);
  call.state.aliases.set(alias, { name: alias, keyId: id, createdAt: now, updatedAt: now });
  call.touch();
  return key;
}

/** Whoever may use the service in this account may use the key, through that service alone. */
const policyFor = (service: string, { accountId, region }: KmsCall): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': accountId,
            'kms:ViaService': `${callers[service] ?? service}.${region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
