import { invalid } from './errors';

/** SNS lists a hundred at a time. Text unverified. */
export const pages = { max: 100, invalid: () => invalid('NextToken') };
