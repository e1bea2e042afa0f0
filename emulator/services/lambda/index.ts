import { Lambda } from '@aws-sdk/client-lambda';
import { defineService } from '../../service';
import { receive } from './addresses';
import { aliases } from './aliases';
import { concurrency } from './concurrency';
import { eventInvoke } from './event-invoke';
import { mappings } from './event-source-mapping/mappings';
import { mappingPermissions } from './event-source-mapping/requirements';
import { resumeMapping, wakeMappings } from './event-source-mapping/waking';
import { functionByArn } from './find-function';
import { functions } from './functions';
import { retryEvent } from './invoking/asynchronous';
import { invoking } from './invoking/invoke';
import { layers } from './layers';
import { policies, policyText } from './policies';
import { permissions } from './requirements';
import { createState, type LambdaCall } from './state';
import { tagging } from './tagging';
import { urls } from './urls';
import { versions } from './versions';
import { view } from './view';

export default defineService({
  client: Lambda,
  createState,
  handlers: {
    ...functions,
    ...versions,
    ...aliases,
    ...concurrency,
    ...policies,
    ...layers,
    ...eventInvoke,
    ...urls,
    ...tagging,
    ...invoking,
    ...mappings,
  },
  permissions: { ...permissions, ...mappingPermissions },
  /** Of the function itself, a version or an alias: each has its own. */
  resourcePolicy(arn, call: LambdaCall) {
    const found = functionByArn(arn, call);
    return found && policyText(found.fn, found.qualifier);
  },
  receive,
  timers: { retryEvent, resumeMapping },
  onChange: wakeMappings,
  view,
});
