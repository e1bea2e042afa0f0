import {
  NoSuchRemediationExceptionException,
  type RemediationException,
  type RemediationExceptionResourceKey,
} from '@aws-sdk/client-config-service';
import { refuse } from '../../../refuse';
import { pageOf } from '../pages';
import { invalid } from '../rule-input';
import {
  type ConfigHandlers,
  type RemediationExceptionRecord,
  remediationKey,
  resourceKey,
} from '../state';
import { exceptionsOf } from './exception-store';

const shown = (exception: RemediationExceptionRecord): RemediationException => ({
  ConfigRuleName: exception.rule,
  ResourceType: exception.type,
  ResourceId: exception.id,
  Message: exception.message,
  ExpirationTime: exception.expiresAt,
});

const targetOf = (rule: string, { ResourceType, ResourceId }: RemediationExceptionResourceKey) => ({
  rule,
  type: ResourceType ?? '',
  id: ResourceId ?? '',
});

export const remediationExceptions = {
  PutRemediationExceptions(input, { state }) {
    const { ConfigRuleName: rule = '', ResourceKeys = [], Message, ExpirationTime } = input;
    const results = state.rules.get(rule)?.results;
    // Text unverified.
    if (!results) throw invalid(`The AWS Config Rule ${rule} does not exist.`);
    const targets = ResourceKeys.map((key) => targetOf(rule, key));
    const failed = targets.filter(
      (target) => results.get(resourceKey(target))?.compliance !== 'NON_COMPLIANT',
    );
    for (const target of targets) {
      if (failed.includes(target)) continue;
      const exception = { ...target, message: Message, expiresAt: ExpirationTime };
      state.exceptions.set(remediationKey(target), exception);
    }
    if (failed.length === 0) return { FailedBatches: [] };
    return {
      FailedBatches: [
        {
          // The text is not verified.
          FailureMessage: 'Remediation exceptions can be added to non-compliant resources only.',
          FailedItems: failed.map((target) => shown({ ...target, message: Message })),
        },
      ],
    };
  },

  DescribeRemediationExceptions(input, call) {
    const { ConfigRuleName: rule = '', ResourceKeys: keys, NextToken, Limit } = input;
    const wanted = keys?.map((key) => remediationKey(targetOf(rule, key)));
    const found = exceptionsOf(rule, call).filter(
      (exception) => wanted?.includes(remediationKey(exception)) ?? true,
    );
    const { page, next } = pageOf(found, { token: NextToken, limit: Limit, usual: 25 });
    return { RemediationExceptions: page.map(shown), NextToken: next };
  },

  DeleteRemediationExceptions({ ConfigRuleName: rule = '', ResourceKeys = [] }, { state }) {
    const keys = ResourceKeys.map((key) => remediationKey(targetOf(rule, key)));
    if (!keys.some((key) => state.exceptions.has(key))) {
      // The text is not verified.
      throw refuse(
        NoSuchRemediationExceptionException,
        `No RemediationException for rule ${rule} and the given resources exists.`,
      );
    }
    for (const key of keys) state.exceptions.delete(key);
    return { FailedBatches: [] };
  },
} satisfies ConfigHandlers;
