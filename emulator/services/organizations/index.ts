import { Organizations } from '@aws-sdk/client-organizations';
import { defineService } from '../../service';
import { accounts } from './accounts';
import { attachments } from './attachments';
import { creation } from './creation';
import { effectivePolicies } from './effective-policy';
import { membership } from './membership';
import { organization } from './organization';
import { permissions } from './permissions';
import { placement } from './placement';
import { policies } from './policies';
import { policyTypes } from './policy-types';
import { createState } from './state';
import { tagging } from './tagging';
import { trustedServices } from './trusted-services';
import { units } from './units';
import { view } from './view';

export default defineService({
  client: Organizations,
  createState,
  global: true,
  handlers: {
    ...organization,
    ...units,
    ...accounts,
    ...creation,
    ...placement,
    ...policies,
    ...policyTypes,
    ...attachments,
    ...effectivePolicies,
    ...trustedServices,
    ...tagging,
  },
  permissions,
  membership,
  view,
});
