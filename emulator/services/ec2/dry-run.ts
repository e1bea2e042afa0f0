import { awsError } from '../../errors';
import type { Ec2Call, Ec2Handlers } from './state';

type AnyHandler = (input: object, call: Ec2Call) => unknown;

const isDryRun = (input: object) => 'DryRun' in input && input.DryRun === true;

/**
 * Every operation of ec2 takes DryRun: a caller who may do it gets DryRunOperation and nothing
 * happens. A caller who may not never comes here.
 */
export function withDryRun(handlers: Ec2Handlers): Ec2Handlers {
  // One wrapper for handlers of every shape: it looks at no member but DryRun.
  const entries = Object.entries(handlers as Record<string, AnyHandler>);
  return Object.fromEntries(
    entries.map(([name, handler]) => [
      name,
      (input: object, call: Ec2Call) => {
        if (!isDryRun(input)) return handler(input, call);
        throw awsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
          status: 412,
        });
      },
    ]),
  );
}
