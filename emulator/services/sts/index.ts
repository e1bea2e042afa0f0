import { STS } from '@aws-sdk/client-sts';
import { defineService } from '../../service';
import { assumeRole } from './assume-role';
import { identity } from './identity';
import { permissions } from './permissions';
import { principalOf } from './sessions';
import { createState } from './state';

export default defineService({
  client: STS,
  createState,
  global: true,
  handlers: { ...assumeRole, ...identity },
  permissions,
  principalOf,
});
