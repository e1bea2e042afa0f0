import { Lambda } from '@aws-sdk/client-lambda';
import { defineService } from '../../service';
import { aliases } from './aliases';
import { fetchCode } from './code-location';
import { concurrency } from './concurrency';
import { functionByArn } from './find-function';
import { functions } from './functions';
import { invoking } from './invoking/invoke';
import { policies, policyText } from './policies';
import { permissions } from './requirements';
import { createState, type LambdaCall } from './state';
import { versions } from './versions';
import { view } from './view';

export default defineService({
  client: Lambda,
  createState,
  handlers: { ...functions, ...versions, ...aliases, ...concurrency, ...policies, ...invoking },
  permissions,
  /** Of the function itself, a version or an alias: each has its own. */
  resourcePolicy(arn, call: LambdaCall) {
    const found = functionByArn(arn, call);
    return found && policyText(found.fn, found.qualifier);
  },
  receive: fetchCode,
  view,
});
