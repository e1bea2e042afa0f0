import { type AwsError, awsError } from '../errors';

const invalidToken = 'The security token included in the request is invalid.';

/** Temporary keys that are no more. */
export const staleKey = (): AwsError =>
  awsError('InvalidClientTokenId', invalidToken, { status: 403 });

/** A key that nobody issued, in the words of the service (by folder name and protocol). */
export function unknownKey(service: string | undefined, protocol = ''): AwsError {
  if (service === 's3')
    return awsError(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { status: 403 },
    );
  if (service === 'ec2')
    return awsError('AuthFailure', 'AWS was not able to validate the provided access credentials', {
      status: 401,
    });
  if (protocol.includes('Query') || service === 'sqs') return staleKey();
  return awsError('UnrecognizedClientException', invalidToken, {
    status: protocol.includes('rest') ? 403 : 400,
  });
}

/** A request without a signature; S3 takes it for an anonymous one, which no bucket here lets in. */
export const unsigned = (service: string | undefined): AwsError =>
  service === 's3'
    ? awsError('AccessDenied', 'Access Denied', { status: 403 })
    : awsError('MissingAuthenticationToken', 'Request is missing Authentication Token', {
        status: 403,
      });
