import { constraintsOf } from '../../constraints';
import { awsError } from '../../errors';

/** Systems Manager answers a broken constraint of its model as ValidationException. */
export const { constraint, checkRange } = constraintsOf((message) =>
  awsError('ValidationException', message),
);
