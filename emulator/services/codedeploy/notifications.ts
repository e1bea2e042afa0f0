import type { SNS } from '@aws-sdk/client-sns';
import type { TriggerEventType } from '@aws-sdk/client-codedeploy';
import { applicationArn, groupArn, groupOf } from './find';
import { roleOf } from './lambda-alias';
import type { CodeDeployCall, Deployment } from './state';

/** Events have words of their own, which are neither the API's nor the triggers' (FACTS C1.9). */
type EventState = 'START' | 'SUCCESS' | 'FAILURE' | 'STOP';

const triggers: Record<EventState, TriggerEventType> = {
  START: 'DeploymentStart',
  SUCCESS: 'DeploymentSuccess',
  FAILURE: 'DeploymentFailure',
  STOP: 'DeploymentStop',
};

/** Tells the default bus and the group's topics how a deployment goes. */
export function notify(deployment: Deployment, state: EventState, call: CodeDeployCall): void {
  const { applicationName: application, groupName: group, id } = deployment;
  call.emit({
    source: 'aws.codedeploy',
    detailType: 'CodeDeploy Deployment State-change Notification',
    resources: [applicationArn(application, call), groupArn(application, group, call)],
    detail: {
      application,
      deploymentGroup: group,
      deploymentId: id,
      instanceGroupId: groupOf(deployment, call)?.info.deploymentGroupId ?? '',
      region: call.region,
      state,
    },
  });
  pullTriggers(deployment, triggers[state], call);
  if (state === 'START' && deployment.creator === 'codeDeployRollback')
    pullTriggers(deployment, 'DeploymentRollback', call);
}

function pullTriggers(deployment: Deployment, event: TriggerEventType, call: CodeDeployCall): void {
  const all = groupOf(deployment, call)?.info.triggerConfigurations ?? [];
  for (const { triggerEvents = [], triggerTargetArn: TopicArn } of all) {
    if (!triggerEvents.includes(event)) continue;
    const Message = JSON.stringify(messageOf(deployment, event, call));
    const Subject = `${deployment.status.toUpperCase()}: AWS CodeDeploy ${deployment.id} in ${call.region}`;
    call.background(async () => {
      const sns = call.client<SNS>('sns', await roleOf(deployment, call));
      await sns.publish({ TopicArn, Message, Subject: Subject.slice(0, 100) });
    });
  }
}

// https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html
const messageOf = (
  deployment: Deployment,
  eventTriggerName: TriggerEventType,
  call: CodeDeployCall,
) => ({
  region: call.region,
  accountId: call.accountId,
  eventTriggerName,
  applicationName: deployment.applicationName,
  deploymentId: deployment.id,
  deploymentGroupName: deployment.groupName,
  createTime: deployment.createdAt.toUTCString(),
  completeTime: deployment.completedAt?.toUTCString() ?? null,
  status: deployment.status.toUpperCase(),
  ...(deployment.error === undefined
    ? {}
    : {
        errorInformation: JSON.stringify({
          ErrorCode: deployment.error.code,
          ErrorMessage: deployment.error.message,
        }),
      }),
  ...(Object.keys(deployment.rollback).length > 0
    ? { rollbackInformation: JSON.stringify(deployment.rollback) }
    : {}),
});
