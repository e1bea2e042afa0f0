import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import { refuse } from '../../refuse';

export const invalid = (what: string): Error => invalidText(`Invalid parameter: ${what}`);

/** For the few texts that do not begin as the others do. */
export const invalidText = (message: string): Error => refuse(InvalidParameterException, message);

export const notFound = (what: string): Error =>
  refuse(NotFoundException, `${what} does not exist`);
