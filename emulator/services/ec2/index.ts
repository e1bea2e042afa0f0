import { EC2 } from '@aws-sdk/client-ec2';
import { defineService } from '../../service';
import { authorization } from './authorize';
import { addDefaultVpc } from './default-resources';
import { dhcpOptions } from './dhcp-options';
import { withDryRun } from './dry-run';
import { instanceAttributes } from './instances/attributes';
import { launching } from './instances/launch';
import { lifecycle } from './instances/lifecycle';
import { instances } from './instances/operations';
import { instanceProfiles } from './instances/profiles';
import { instanceStatus } from './instances/status';
import { transition } from './instances/transitions';
import { interfaceAttachments } from './interfaces/attachment';
import { networkInterfaces } from './interfaces/operations';
import { internetGateways } from './internet-gateways';
import { launchTemplates } from './launch-templates/operations';
import { launchTemplateVersions } from './launch-templates/versions';
import { networkAcls } from './network-acls';
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
import { volumeAttachments } from './volumes/attachment';
import { volumes } from './volumes/operations';
import { completeSnapshot, snapshots } from './volumes/snapshots';
import { vpcs } from './vpcs';

export default defineService({
  client: EC2,
  createState,
  handlers: withDryRun({
    ...authorization,
    ...dhcpOptions,
    ...instanceAttributes,
    ...instanceProfiles,
    ...instanceStatus,
    ...instances,
    ...interfaceAttachments,
    ...internetGateways,
    ...launchTemplateVersions,
    ...launchTemplates,
    ...launching,
    ...lifecycle,
    ...networkAcls,
    ...networkInterfaces,
    ...regions,
    ...routeTables,
    ...routes,
    ...securityGroupRules,
    ...securityGroups,
    ...snapshots,
    ...subnets,
    ...tags,
    ...volumeAttachments,
    ...volumes,
    ...vpcs,
  }),
  seed: (call) => void addDefaultVpc(call),
  permissions,
  view,
  timers: { completeSnapshot, transition },
});
