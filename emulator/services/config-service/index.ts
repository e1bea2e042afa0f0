import { ConfigService } from '@aws-sdk/client-config-service';
import { defineService } from '../../service';
import { compliance } from './compliance';
import { deliveryChannels } from './delivery-channels';
import { discoveredResources } from './discovered-resources';
import { evaluateOnClock } from './evaluate';
import { permissions } from './permissions';
import { recorders } from './recorders';
import { recordChange } from './recording';
import { retry, reviewAutomation } from './remediation/automatic';
import { remediationConfigurations } from './remediation/configurations';
import { remediationExceptions } from './remediation/exceptions';
import { remediationExecutions } from './remediation/executions';
import { rules } from './rules';
import { createState } from './state';
import { tags } from './tags';
import { view } from './view';

export default defineService({
  client: ConfigService,
  createState,
  handlers: {
    ...recorders,
    ...deliveryChannels,
    ...rules,
    ...compliance,
    ...discoveredResources,
    ...remediationConfigurations,
    ...remediationExecutions,
    ...remediationExceptions,
    ...tags,
  },
  permissions,
  view,
  async onChange(change, call) {
    if (change.type === 'AWS::SSM::AutomationExecution') await reviewAutomation(change.id, call);
    else recordChange(change, call);
  },
  timers: {
    evaluate: evaluateOnClock,
    remediate: retry,
  },
});
