import type { AssumeRoleRequest, STS } from '@aws-sdk/client-sts';
import type { Requirements } from '../../service';
import { tagRecord } from '../../tags';
import type { StsState } from './state';

/** Asking who one is needs no permission; a role's trust policy decides about its sessions. */
export const permissions: Requirements<STS, StsState> = {
  AssumeRole: (input) => {
    const asked = { resources: [input.RoleArn ?? ''], context: requestContext(input) };
    const tagged = (input.Tags ?? []).length > 0;
    return ['sts:AssumeRole', ...(tagged ? ['sts:TagSession'] : [])].map((action) => ({
      action,
      ...asked,
    }));
  },
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
};

/** Condition keys that an AssumeRole request brings. */
export function requestContext(input: AssumeRoleRequest): Record<string, string | string[]> {
  const tags = tagRecord(input.Tags);
  const requestTags = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]);
  return {
    'sts:RoleSessionName': input.RoleSessionName ?? '',
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(input.TransitiveTagKeys?.length
      ? { 'sts:TransitiveTagKeys': input.TransitiveTagKeys }
      : {}),
    ...(requestTags.length > 0 ? { 'aws:TagKeys': Object.keys(tags) } : {}),
    ...(Object.fromEntries(requestTags) as Record<string, string>),
  };
}
