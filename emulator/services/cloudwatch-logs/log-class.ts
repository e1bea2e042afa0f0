import { invalid } from './errors';
import type { Group } from './state';

/** What the class Infrequent Access leaves out: filters, GetLogEvents and FilterLogEvents. */
export function checkIsStandard(group: Group): void {
  if (group.class === 'INFREQUENT_ACCESS')
    // The text was not verified.
    throw invalid(
      'The operation is not supported on log groups of the INFREQUENT_ACCESS log group class.',
    );
}
