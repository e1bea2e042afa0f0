import {
  type EventSelector,
  InsightNotEnabledException,
  type InsightSelector,
  InsightType,
  InvalidInsightSelectorsException,
} from '@aws-sdk/client-cloudtrail';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { changeable, findTrail } from './find';
import type { CloudTrailHandlers } from './state';

/**
 * Which insights a trail is to look for. AWS watches an account for days before it finds an unusual
 * rate; here the selectors are kept and shown, and nothing is ever found unusual.
 */
export const insights = {
  PutInsightSelectors({ TrailName, EventDataStore, InsightSelectors = [] }, call) {
    refuseStore(EventDataStore);
    const trail = changeable(TrailName, call);
    for (const selector of InsightSelectors) checkSelector(selector, trail.selectors);
    trail.insights = InsightSelectors;
    call.announce({ kind: 'UPDATE', type: 'AWS::CloudTrail::Trail', id: trail.name });
    return { TrailARN: trail.arn, InsightSelectors };
  },

  GetInsightSelectors({ TrailName, EventDataStore }, call) {
    refuseStore(EventDataStore);
    const { arn, insights: found = [] } = findTrail(TrailName, call);
    if (found.length > 0) return { TrailARN: arn, InsightSelectors: found };
    throw refuse(
      InsightNotEnabledException,
      `Trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    );
  },
} satisfies CloudTrailHandlers;

function refuseStore(store: string | undefined): void {
  if (store !== undefined)
    throw awsError('NotEmulated', 'cloudtrail event data stores are not emulated');
}

// The texts are unverified.
const invalid = (message: string) => refuse(InvalidInsightSelectorsException, message);

/** AWS finds insights only in what the trail logs, which here are management events alone. */
function checkSelector(selector: InsightSelector, logged: EventSelector[]): void {
  const { InsightType: type, EventCategories: categories = ['Management'] } = selector;
  if (type !== InsightType.ApiCallRateInsight && type !== InsightType.ApiErrorRateInsight)
    throw invalid(`Invalid insight type: ${type}`);
  if (categories.some((category) => category !== 'Management'))
    throw invalid('The trail must log data events to log Insights events on data events.');
  const isRated = logged.some((each) => isLogged(each, type));
  if (!isRated)
    throw invalid(`The trail must log management events of the kind that ${type} analyzes.`);
}

/** The call rate is that of writes, the error rate that of reads and writes. */
const isLogged = (
  { IncludeManagementEvents: isIncluded = true, ReadWriteType: kind = 'All' }: EventSelector,
  type: InsightType,
): boolean => isIncluded && (type === InsightType.ApiErrorRateInsight || kind !== 'ReadOnly');
