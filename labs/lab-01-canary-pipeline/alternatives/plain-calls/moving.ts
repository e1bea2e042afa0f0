import type { Account } from '../../../../checker/account';
import { makeRole } from './role';

/** The alarm, and the deployment group that the template names, under a role without the managed policy. */
export async function moveByCalls(account: Account, functionName: string): Promise<void> {
  const { codedeploy, region, accountId } = account;
  const functions = `arn:aws:lambda:${region}:${accountId}:function:lab-01-orders-*`;
  const serviceRoleArn = await makeRole(account, {
    name: 'mover-of-orders',
    service: 'codedeploy.amazonaws.com',
    statements: [
      {
        Action: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:InvokeFunction'],
        Resource: functions,
      },
      { Action: ['cloudwatch:DescribeAlarms'], Resource: '*' },
    ],
  });
  await alarmOn(account, functionName);
  await codedeploy.createApplication({
    applicationName: 'lab-01-orders',
    computePlatform: 'Lambda',
  });
  await codedeploy.createDeploymentGroup({
    applicationName: 'lab-01-orders',
    deploymentGroupName: 'live',
    serviceRoleArn,
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    alarmConfiguration: { enabled: true, alarms: [{ name: 'customers-get-errors' }] },
    autoRollbackConfiguration: {
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    },
  });
}

const alarmOn = ({ cloudwatch }: Account, functionName: string) =>
  cloudwatch.putMetricAlarm({
    AlarmName: 'customers-get-errors',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'FunctionName', Value: functionName },
      { Name: 'Resource', Value: `${functionName}:live` },
    ],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
