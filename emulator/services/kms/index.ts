import { KMS } from '@aws-sdk/client-kms';
import { defineService } from '../../service';
import { aliases } from './aliases';
import { dataKeys } from './data-keys';
import { encryption } from './encryption';
import { grants } from './grants';
import { keyPolicies, resourcePolicy } from './key-policy';
import { deleteKey, keys } from './keys';
import { macs } from './macs';
import { permissions } from './permissions';
import { rotateWhenDue, rotation } from './rotation';
import { signatures } from './signatures';
import { createState } from './state';
import { tagging } from './tagging';
import { view } from './view';

export default defineService({
  client: KMS,
  createState,
  handlers: {
    ...keys,
    ...keyPolicies,
    ...aliases,
    ...grants,
    ...rotation,
    ...encryption,
    ...dataKeys,
    ...signatures,
    ...macs,
    ...tagging,
  },
  permissions,
  resourcePolicy,
  bindsRoot: true,
  timers: { delete: deleteKey, rotate: rotateWhenDue },
  view,
});
