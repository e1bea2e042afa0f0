import { invalidParameter } from './state';

const pattern = /^arn:(aws|aws-cn|aws-us-gov):[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/;

/** Refuses a request with an ARN that is none. */
export function checkArns(arns: readonly string[]): void {
  const malformed = arns.find((arn) => !pattern.test(arn));
  if (malformed !== undefined)
    throw invalidParameter(`${malformed} is not a valid AmazonResourceName (ARN)`);
}
