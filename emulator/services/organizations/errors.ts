import {
  AccessDeniedException,
  AWSOrganizationsNotInUseException,
  ConstraintViolationException,
  type ConstraintViolationExceptionReason,
  InvalidInputException,
  type InvalidInputExceptionReason,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';

export const notInUse = () =>
  refuse(AWSOrganizationsNotInUseException, 'Your account is not a member of an organization.');

export const notAllowed = () =>
  refuse(AccessDeniedException, "You don't have permissions to access this resource.");

/** With the reason that programs read. */
export const violation = (Reason: ConstraintViolationExceptionReason, message: string) =>
  Object.assign(refuse(ConstraintViolationException, message), { Reason });

/** With the reason that programs read. */
export const invalidInput = (Reason: InvalidInputExceptionReason, message: string) =>
  Object.assign(refuse(InvalidInputException, message), { Reason });
