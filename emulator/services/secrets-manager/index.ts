import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { defineService } from '../../service';
import { descriptions } from './descriptions';
import { passwords } from './passwords';
import { permissions } from './permissions';
import { policies, resourcePolicy } from './policies';
import { rotateWhenDue, rotation } from './rotation';
import { removeWhenDue, secrets } from './secrets';
import { createState } from './state';
import { versions } from './versions';
import { view } from './view';

export default defineService({
  client: SecretsManager,
  createState,
  handlers: {
    ...secrets,
    ...versions,
    ...descriptions,
    ...policies,
    ...passwords,
    ...rotation,
  },
  permissions,
  resourcePolicy,
  ownTokens: true,
  timers: { delete: removeWhenDue, rotate: rotateWhenDue },
  view,
});
