import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { emulated } from '../../../../test/support/emulated';

const body = JSON.stringify({
  widgets: [
    {
      type: 'metric',
      x: 0,
      y: 0,
      width: 6,
      height: 6,
      properties: { metrics: [['Shop', 'Orders']], region: 'us-east-1' },
    },
  ],
});

const arn = 'arn:aws:cloudwatch::000000000000:dashboard/shop';

test('a dashboard is put, shown in every Region, listed and deleted', async () => {
  const { client } = emulated();
  const cloudwatch = client(CloudWatch);

  await expect(
    cloudwatch.putDashboard({ DashboardName: 'shop', DashboardBody: body }),
  ).resolves.toMatchObject({ DashboardValidationMessages: [] });

  await expect(
    client(CloudWatch, { region: 'eu-west-1' }).getDashboard({ DashboardName: 'shop' }),
  ).resolves.toMatchObject({ DashboardName: 'shop', DashboardArn: arn, DashboardBody: body });
  await expect(cloudwatch.listDashboards({ DashboardNamePrefix: 'sh' })).resolves.toMatchObject({
    DashboardEntries: [
      {
        DashboardName: 'shop',
        DashboardArn: arn,
        LastModified: new Date('2026-01-01T00:00:00Z'),
        Size: body.length,
      },
    ],
  });
  await cloudwatch.deleteDashboards({ DashboardNames: ['shop'] });
  await expect(cloudwatch.getDashboard({ DashboardName: 'shop' })).rejects.toMatchObject({
    name: 'ResourceNotFound',
  });
});

test('deleting several dashboards of which one is not there deletes the others', async () => {
  const cloudwatch = emulated().client(CloudWatch);
  await cloudwatch.putDashboard({ DashboardName: 'shop', DashboardBody: body });

  await expect(
    cloudwatch.deleteDashboards({ DashboardNames: ['shop', 'nope'] }),
  ).rejects.toMatchObject({ name: 'ResourceNotFound' });

  const { DashboardEntries } = await cloudwatch.listDashboards({});
  expect(DashboardEntries).toEqual([]);
});

test.each([
  ['not json', '', 'The field DashboardBody must be a valid JSON object'],
  ['{}', '', "Should have required property 'widgets'"],
  [
    '{"widgets":[{"type":"metric","properties":{"region":"us-east-1","metrics":[["Shop"]]}}]}',
    '/widgets/0/properties/metrics/0',
    'Should NOT have less than 2 items',
  ],
  [
    '{"widgets":[{"type":"text","properties":{}}]}',
    '/widgets/0/properties',
    "Should have required property 'markdown'",
  ],
])('a dashboard of %s is refused', async (DashboardBody, DataPath, Message) => {
  const cloudwatch = emulated().client(CloudWatch);

  await expect(
    cloudwatch.putDashboard({ DashboardName: 'shop', DashboardBody }),
  ).rejects.toMatchObject({
    name: 'DashboardInvalidInputError',
    dashboardValidationMessages: [{ DataPath, Message }],
  });
});

test('an explorer names its metrics as objects', async () => {
  const cloudwatch = emulated().client(CloudWatch);
  const metric = {
    metricName: 'CPUUtilization',
    resourceType: 'AWS::EC2::Instance',
    stat: 'Average',
  };
  const widget = {
    type: 'explorer',
    width: 24,
    height: 15,
    properties: { metrics: [metric], labels: [{ key: 'Name' }], period: 300, region: 'us-east-1' },
  };

  await expect(
    cloudwatch.putDashboard({
      DashboardName: 'shop',
      DashboardBody: JSON.stringify({ widgets: [widget] }),
    }),
  ).resolves.toMatchObject({ DashboardValidationMessages: [] });
});

test('a member that no widget has is kept with a warning', async () => {
  const cloudwatch = emulated().client(CloudWatch);
  const widget = { type: 'text', colour: 'red', properties: { markdown: 'x' } };

  await expect(
    cloudwatch.putDashboard({
      DashboardName: 'shop',
      DashboardBody: JSON.stringify({ widgets: [widget] }),
    }),
  ).resolves.toMatchObject({
    DashboardValidationMessages: [
      { DataPath: '/widgets/0/colour', Message: 'Should NOT have additional properties' },
    ],
  });
});

test('dashboards and alarms have tags', async () => {
  const cloudwatch = emulated().client(CloudWatch);
  await cloudwatch.putDashboard({
    DashboardName: 'shop',
    DashboardBody: body,
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
  await cloudwatch.putCompositeAlarm({ AlarmName: 'page', AlarmRule: 'FALSE' });
  const alarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:page';

  await cloudwatch.tagResource({ ResourceARN: alarmArn, Tags: [{ Key: 'a', Value: '1' }] });
  await cloudwatch.untagResource({ ResourceARN: arn, TagKeys: ['team'] });

  await expect(cloudwatch.listTagsForResource({ ResourceARN: alarmArn })).resolves.toMatchObject({
    Tags: [{ Key: 'a', Value: '1' }],
  });
  await expect(cloudwatch.listTagsForResource({ ResourceARN: arn })).resolves.toMatchObject({
    Tags: [],
  });
});
