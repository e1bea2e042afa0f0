import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import { refuse } from '../../refuse';

export const invalid = (what: string): Error =>
  refuse(InvalidParameterException, `Invalid parameter: ${what}`);

export const notFound = (what: string): Error =>
  refuse(NotFoundException, `${what} does not exist`);
