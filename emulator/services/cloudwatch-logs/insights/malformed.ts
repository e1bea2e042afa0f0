import { MalformedQueryException } from '@aws-sdk/client-cloudwatch-logs';

/** AWS's exception for a query that it cannot read, with where in the text that is. */
export const malformed = (message: string, start = 0, end = start): Error =>
  new MalformedQueryException({
    message,
    $metadata: {},
    queryCompileError: {
      location: { startCharOffset: start, endCharOffset: end },
      message,
    },
  });
