import { MalformedPolicyDocumentException } from '@aws-sdk/client-kms';
import { evaluate, malformedPolicy } from '../../authorisation';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkPresent, notFound } from './errors';
import { findKeyById } from './find-key';
import { grantStatements } from './grant-statements';
import { listed } from './listing';
import type { KmsCall, KmsHandlers } from './state';
import { lookUpKey } from './find-key';

/** The policy of a key that is made without one: the account's identity policies decide. */
export const defaultPolicy = (accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** Refuses a policy that is malformed, or that would lock its author out of the key. */
export function checkKeyPolicy(document: string, bypass: boolean | undefined, call: KmsCall): void {
  const complaint = malformedPolicy(document, 'resource');
  if (complaint !== undefined) throw refuse(MalformedPolicyDocumentException, complaint);
  if (bypass) return;
  const { decision } = evaluate(
    { identityPolicies: [everything], resourcePolicy: document },
    {
      principal: call.principal,
      action: 'kms:PutKeyPolicy',
      resource: call.arn('key/new'),
      context: {},
    },
  );
  if (decision !== 'allowed')
    throw refuse(
      MalformedPolicyDocumentException,
      'The new key policy will not allow you to update the key policy in the future.',
    );
}

/** Policies of keys; each has one, called default. */
export const keyPolicies = {
  GetKeyPolicy({ KeyId: id, PolicyName: name = 'default' }, call) {
    const { policy } = findKeyById(id, call);
    checkName(name);
    return { Policy: policy, PolicyName: name };
  },

  PutKeyPolicy({ KeyId: id, PolicyName: name = 'default', Policy: document = '', ...input }, call) {
    const key = checkPresent(findKeyById(id, call));
    checkName(name);
    checkKeyPolicy(document, input.BypassPolicyLockoutSafetyCheck, call);
    key.policy = document;
    announce('UPDATE', key, call);
  },

  ListKeyPolicies({ KeyId: id, ...paging }, call) {
    findKeyById(id, call);
    const { page, end } = listed(['default'], paging);
    return { PolicyNames: page, ...end };
  },
} satisfies KmsHandlers;

function checkName(name: string): void {
  if (name !== 'default') throw notFound(`No such policy exists`);
}

/** What decides about a key: its policy, and its grants as statements of the same policy. */
export function resourcePolicy(arn: string, call: KmsCall): string | undefined {
  const key = arn.includes(':key/') ? lookUpKey(arn, call) : undefined;
  if (!key || key.grants.size === 0) return key?.policy;
  const policy = JSON.parse(key.policy) as { Statement: unknown };
  return JSON.stringify({
    ...policy,
    Statement: [policy.Statement].flat().concat(grantStatements(key)),
  });
}
