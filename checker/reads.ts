const verbs = /^(Get|List|Describe|BatchGet|Select|Simulate|Lookup|Head)[A-Z]/;

const readLike = new Set([
  'events:TestEventPattern',
  'logs:TestMetricFilter',
  'logs:StartQuery',
  'route53:TestDNSAnswer',
]);

/** True for calls that leave the account as it is, `config:DescribeConfigRules`. */
export const isRead = (call: string): boolean =>
  readLike.has(call) || verbs.test(call.slice(call.indexOf(':') + 1));
