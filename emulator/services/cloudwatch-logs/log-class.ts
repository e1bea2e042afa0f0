import { invalid } from './errors';
import type { Group } from './state';

/** What the class Infrequent Access leaves out: filters, GetLogEvents and FilterLogEvents. */
export function checkIsStandard(group: Group): void {
  if (group.class === 'INFREQUENT_ACCESS')
    throw invalid('This operation is only supported on the Standard log class.');
}
