import {
  InvalidParameterException,
  InvalidRequestException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { refuse } from '../../refuse';

export const notFound = (message = "Secrets Manager can't find the specified secret.") =>
  refuse(ResourceNotFoundException, message);

export const invalidRequest = (message: string) => refuse(InvalidRequestException, message);

export const invalidParameter = (message: string) => refuse(InvalidParameterException, message);
