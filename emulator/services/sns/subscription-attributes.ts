import { parseArn } from '../../arn';
import { compilePattern, PatternError, snsGrammar, syntaxErrorOf } from '../../event-pattern';
import { parseObject } from '../../json';
import { invalid } from './errors';
import { checkComplexity, isNested } from './filter-policy';
import { table } from '../../table';

/** Some of a subscription's attributes together, because filter policy and scope are one thing. */
export type Settings = Record<string, string>;

/** Checks attributes; `where` is what SNS puts before its reason when they come with Subscribe. */
export function checkSettings(settings: Settings, about: About): void {
  for (const [name, value] of Object.entries(settings)) {
    const check = checks[name];
    if (!check) throw invalid('AttributeName');
    check(value, about);
  }
  const { FilterPolicy: policy = '', FilterPolicyScope: scope = 'MessageAttributes' } = settings;
  if (scope === 'MessageAttributes' && isNested(policy))
    throw invalid('Filter policy scope MessageAttributes does not support nested filter policy');
}

interface About {
  topicArn: string;
  where: string;
}

type Check = (value: string, about: About) => void;

const checks: Record<string, Check> = table({
  RawMessageDelivery(value, { where }) {
    if (value.toLowerCase() !== 'true' && value.toLowerCase() !== 'false')
      throw invalid(`${where}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  },
  FilterPolicyScope(value, { where }) {
    if (value !== 'MessageBody' && value !== 'MessageAttributes')
      throw invalid(
        `${where}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
      );
  },
  FilterPolicy(value, { where }) {
    if (value === '' || value === '{}') return;
    try {
      compilePattern(value, snsGrammar);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw invalid(`${where}FilterPolicy: ${textOf(error)}`);
    }
    checkComplexity(value, where);
  },
  RedrivePolicy(value, { where, topicArn }) {
    if (value === '') return;
    const arn = objectOf(value, `${where}RedrivePolicy`)['deadLetterTargetArn'];
    if (typeof arn !== 'string' || parseArn(arn)?.service !== 'sqs')
      throw invalid(`${where}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
    if (topicArn.endsWith('.fifo') && !arn.endsWith('.fifo'))
      throw invalid(
        `${where}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
      );
  },
  DeliveryPolicy(value, { where }) {
    if (value !== '') objectOf(value, `${where}DeliveryPolicy`);
  },
});

function objectOf(text: string, name: string): Record<string, unknown> {
  const policy = parseObject(text);
  if (policy) return policy;
  const error = syntaxErrorOf(text);
  throw invalid(`${name}: ${error ? textOf(error) : 'failed to parse JSON.'}`);
}

/** A text that is no JSON meets another parser, which hides the source. */
const textOf = (error: PatternError): string =>
  error.isSyntax
    ? `failed to parse JSON. ${error.reason}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${error.position}]`
    : error.message;
