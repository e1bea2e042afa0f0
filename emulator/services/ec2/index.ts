import { EC2 } from '@aws-sdk/client-ec2';
import { defineService } from '../../service';
import { authorization } from './authorize';
import { addDefaultVpc } from './default-resources';
import { dhcpOptions } from './dhcp-options';
import { withDryRun } from './dry-run';
import { instances } from './instances';
import { internetGateways } from './internet-gateways';
import { networkAcls } from './network-acls';
import { networkInterfaces } from './network-interfaces';
import { regions } from './regions';
import { permissions } from './requirements';
import { routeTables } from './route-tables';
import { routes } from './routes';
import { securityGroupRules } from './security-group-rules';
import { securityGroups } from './security-groups';
import { createState } from './state';
import { subnets } from './subnets';
import { tags } from './tags';
import { view } from './view';
import { vpcs } from './vpcs';

export default defineService({
  client: EC2,
  createState,
  handlers: withDryRun({
    ...authorization,
    ...dhcpOptions,
    ...instances,
    ...internetGateways,
    ...networkAcls,
    ...networkInterfaces,
    ...regions,
    ...routeTables,
    ...routes,
    ...securityGroupRules,
    ...securityGroups,
    ...subnets,
    ...tags,
    ...vpcs,
  }),
  seed: (call) => void addDefaultVpc(call),
  permissions,
  view,
});
