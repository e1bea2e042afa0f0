import { awsError } from '../../errors';

/** An error of S3 with the members that its XML names beside code and message. */
const error =
  (status: number, code: string, message: string) =>
  (members = {}) =>
    awsError(code, message, { status, members });

/** S3's errors by code: text and status are the same wherever one is answered. */
export const errors = {
  AccessControlListNotSupported: error(
    400,
    'AccessControlListNotSupported',
    'The bucket does not allow ACLs',
  ),
  AccessDenied: error(403, 'AccessDenied', 'Access Denied'),
  BucketAlreadyExists: error(
    409,
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  ),
  BucketAlreadyOwnedByYou: error(
    409,
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
  ),
  EntityTooSmall: error(
    400,
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
  ),
  InvalidBucketName: error(400, 'InvalidBucketName', 'The specified bucket is not valid.'),
  InvalidLocationConstraint: error(
    400,
    'InvalidLocationConstraint',
    'The specified location-constraint is not valid',
  ),
  InvalidPart: error(
    400,
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ),
  InvalidPartOrder: error(
    400,
    'InvalidPartOrder',
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  ),
  InvalidPartNumber: error(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable'),
  InvalidRange: error(416, 'InvalidRange', 'The requested range is not satisfiable'),
  KeyTooLongError: error(400, 'KeyTooLongError', 'Your key is too long'),
  MalformedXML: error(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  ),
  MissingSecurityHeader: error(
    400,
    'MissingSecurityHeader',
    'Your request was missing a required header',
  ),
  MethodNotAllowed: error(
    405,
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
  ),
  NoSuchBucket: error(404, 'NoSuchBucket', 'The specified bucket does not exist'),
  NoSuchBucketPolicy: error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
  NoSuchCORSConfiguration: error(
    404,
    'NoSuchCORSConfiguration',
    'The CORS configuration does not exist',
  ),
  NoSuchKey: error(404, 'NoSuchKey', 'The specified key does not exist.'),
  NoSuchLifecycleConfiguration: error(
    404,
    'NoSuchLifecycleConfiguration',
    'The lifecycle configuration does not exist',
  ),
  NoSuchPublicAccessBlockConfiguration: error(
    404,
    'NoSuchPublicAccessBlockConfiguration',
    'The public access block configuration was not found',
  ),
  NoSuchTagSet: error(404, 'NoSuchTagSet', 'The TagSet does not exist'),
  NoSuchUpload: error(
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ),
  NoSuchVersion: error(404, 'NoSuchVersion', 'The specified version does not exist.'),
  NoSuchWebsiteConfiguration: error(
    404,
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ),
  NotModified: error(304, 'NotModified', 'Not Modified'),
  OwnershipControlsNotFoundError: error(
    404,
    'OwnershipControlsNotFoundError',
    'The bucket ownership controls were not found',
  ),
  PreconditionFailed: error(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
  ),
};

/** A request that S3 understands and refuses, in its own words. */
export const invalidRequest = (message: string) => awsError('InvalidRequest', message);

/** An argument that S3 refuses, named with its value. */
export const invalidArgument = (message: string, name: string, value: string | number) =>
  awsError('InvalidArgument', message, { members: { ArgumentName: name, ArgumentValue: value } });
