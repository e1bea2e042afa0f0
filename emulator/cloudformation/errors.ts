import { type AwsError, awsError } from '../errors';

/** CloudFormation's word for almost everything that is wrong with a request or a template. */
export const validationError = (message: string): AwsError => awsError('ValidationError', message);

/** A mistake in a template's structure. */
export const formatError = (message: string): AwsError =>
  validationError(`Template format error: ${message}`);

/** A mistake in the use of an intrinsic function. */
export const templateError = (message: string): AwsError =>
  validationError(`Template error: ${message}`);
