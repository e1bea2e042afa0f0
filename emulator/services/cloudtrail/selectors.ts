import {
  type AdvancedEventSelector,
  type EventSelector,
  InvalidEventSelectorsException,
} from '@aws-sdk/client-cloudtrail';
import { awsError } from '../../errors';
import type { Recorded } from '../../history/recorded';
import { refuse } from '../../refuse';
import { changeable, findTrail } from './find';
import { isReadOnly } from './record-of';
import type { CloudTrailHandlers } from './state';

/** What a fresh trail selects: every management event. */
export const everything = (): EventSelector[] => [
  {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  },
];

/** Whether a trail with these selectors has the call. */
export const isSelected = (selectors: EventSelector[], recorded: Recorded): boolean =>
  selectors.some(
    ({
      ReadWriteType: type = 'All',
      IncludeManagementEvents: included = true,
      ExcludeManagementEventSources: excluded = [],
    }) =>
      included &&
      (type === 'All' || (type === 'ReadOnly') === isReadOnly(recorded)) &&
      !excluded.includes(`${recorded.signingName}.amazonaws.com`),
  );

/** Refuses what is not honoured: data events, and selectors in the advanced form. */
function checkSelectors(
  selectors: EventSelector[] = [],
  advanced: AdvancedEventSelector[] = [],
): void {
  if (advanced.length > 0)
    throw awsError('NotEmulated', 'cloudtrail advanced event selectors are not emulated');
  if (selectors.some(({ DataResources = [] }) => DataResources.length > 0))
    throw awsError('NotEmulated', 'cloudtrail data events are not emulated');
  // Text unverified.
  if (selectors.length === 0 || selectors.length > 5)
    throw refuse(InvalidEventSelectorsException, 'The number of event selectors must be 1 to 5.');
}

export const selectors = {
  PutEventSelectors({ TrailName, EventSelectors, AdvancedEventSelectors }, call) {
    const trail = changeable(TrailName, call);
    checkSelectors(EventSelectors, AdvancedEventSelectors);
    trail.selectors = (EventSelectors ?? []).map((given) => ({ ...everything()[0], ...given }));
    call.announce({ kind: 'UPDATE', type: 'AWS::CloudTrail::Trail', id: trail.name });
    return { TrailARN: trail.arn, EventSelectors: trail.selectors };
  },

  GetEventSelectors({ TrailName }, call) {
    const { arn, selectors: found } = findTrail(TrailName, call);
    return { TrailARN: arn, EventSelectors: found };
  },
} satisfies CloudTrailHandlers;
