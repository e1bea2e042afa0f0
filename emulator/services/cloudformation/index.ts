import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { defineService } from '../../service';
import { seedBootstrap } from './bootstrap';
import { changeSets } from './change-sets';
import { deletion } from './deletion';
import { descriptions } from './descriptions';
import { exportedValues } from './exports';
import { permissions } from './permissions';
import { stackResources } from './resources-of-stack';
import { rollbacks } from './rollbacks';
import { stacks } from './stacks';
import { createState } from './state';
import { templates } from './templates';
import { view } from './view';

export default defineService({
  client: CloudFormation,
  createState,
  handlers: {
    ...changeSets,
    ...deletion,
    ...descriptions,
    ...exportedValues,
    ...rollbacks,
    ...stackResources,
    ...stacks,
    ...templates,
  },
  permissions,
  seed: seedBootstrap,
  view,
});
