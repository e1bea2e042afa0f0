import {
  MalformedPolicyDocumentException,
  PublicPolicyException,
} from '@aws-sdk/client-secrets-manager';
import { malformedPolicy } from '../../authorisation';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { isRefusedTag } from '../../reserved-tags';
import { tagRecord } from '../../tags';
import { announce } from './announce';
import { invalidParameter } from './errors';
import { findLiving, findSecret, lookUpSecret } from './find-secret';
import type { SecretsCall, SecretsHandlers } from './state';

/** Who else may use a secret, and its tags. */
export const policies = {
  PutResourcePolicy(
    { SecretId: id, ResourcePolicy: document = '', BlockPublicPolicy: isBlocked },
    call,
  ) {
    const secret = findLiving(id, call);
    if (isMalformed(document)) throw refuse(MalformedPolicyDocumentException, syntaxError);
    if (isBlocked && isPublic(document)) throw refuse(PublicPolicyException, broadAccess);
    secret.policy = document;
    announce('UPDATE', secret, call);
    return { ARN: secret.arn, Name: secret.name };
  },

  GetResourcePolicy({ SecretId: id }, call) {
    const { arn, name, policy } = findSecret(id, call);
    return { ARN: arn, Name: name, ...(policy === undefined ? {} : { ResourcePolicy: policy }) };
  },

  DeleteResourcePolicy({ SecretId: id }, call) {
    const secret = findLiving(id, call);
    secret.policy = undefined;
    announce('UPDATE', secret, call);
    return { ARN: secret.arn, Name: secret.name };
  },

  ValidateResourcePolicy({ SecretId: id, ResourcePolicy: document = '' }, call) {
    if (id !== undefined) findSecret(id, call);
    const found = complaintsAbout(document);
    return { PolicyValidationPassed: found.length === 0, ValidationErrors: found };
  },

  TagResource({ SecretId: id, Tags: tags = [] }, call) {
    const secret = findLiving(id, call);
    if (tags.some(({ Key: key = '' }) => isRefusedTag(key)))
      throw invalidParameter('Tag keys that start with aws: are reserved.'); // text unverified
    Object.assign(secret.tags, tagRecord(tags));
    announce('UPDATE', secret, call);
  },

  UntagResource({ SecretId: id, TagKeys: keys = [] }, call) {
    const secret = findLiving(id, call);
    for (const key of keys) delete secret.tags[key];
    announce('UPDATE', secret, call);
  },
} satisfies SecretsHandlers;

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_secret-policy.html
const syntaxError = 'This resource policy contains a syntax error.';
const broadAccess =
  "You can't attach a resource-based policy that allows broad access to the secret.";

const isMalformed = (document: string): boolean =>
  malformedPolicy(document, 'resource') !== undefined;

function complaintsAbout(document: string): { CheckName: string; ErrorMessage: string }[] {
  if (isMalformed(document)) return [{ CheckName: 'Syntax', ErrorMessage: syntaxError }];
  return isPublic(document) ? [{ CheckName: 'PublicAccess', ErrorMessage: broadAccess }] : [];
}

/** Everyone is let in without a condition. */
function isPublic(document: string): boolean {
  const statements = [parseObject(document)?.['Statement']].flat() as {
    Effect?: string;
    Principal?: unknown;
    Condition?: unknown;
  }[];
  return statements.some(
    ({ Effect: effect, Principal: principal, Condition: condition }) =>
      effect === 'Allow' &&
      condition === undefined &&
      (principal === '*' || JSON.stringify(principal) === '{"AWS":"*"}'),
  );
}

export const resourcePolicy = (arn: string, call: SecretsCall): string | undefined =>
  lookUpSecret(arn, call)?.policy;
