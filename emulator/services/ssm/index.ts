import { SSM } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { defineService } from '../../service';
import { automationQueries } from './automation-queries';
import { automations } from './automations';
import { proceed } from './automation/engine';
import { documentLists } from './document-lists';
import { documents } from './documents';
import { opsItems } from './ops-items/items';
import { opsItemQueries } from './ops-items/queries';
import { parameterQueries } from './parameter-queries';
import { parameters } from './parameters';
import { permissions } from './permissions';
import { createState, type SsmState } from './state';
import { tags } from './tags';
import { view } from './view';

/** The bootstrap stack of the pinned CDK CLI, which every account here has. */
const bootstrapVersion = '33';

export default defineService({
  client: SSM,
  createState,
  handlers: {
    ...parameters,
    ...parameterQueries,
    ...documents,
    ...documentLists,
    ...automations,
    ...automationQueries,
    ...opsItems,
    ...opsItemQueries,
    ...tags,
  },
  permissions,
  view,
  seed({ state, now, principal }: Call<SsmState>) {
    const name = '/cdk-bootstrap/hnb659fds/version';
    state.parameters.set(name, {
      name,
      tags: {},
      versions: [
        {
          version: 1,
          value: bootstrapVersion,
          type: 'String',
          tier: 'Standard',
          dataType: 'text',
          labels: [],
          modifiedAt: now(),
          modifiedBy: principal.arn,
        },
      ],
    });
  },
  timers: {
    automation: ({ id }: { id: string }, call) => proceed(id, call),
  },
});
