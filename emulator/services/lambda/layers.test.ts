import { accountWithRole, zipOf } from '../../../test/support/functions';

const tools = { 'nodejs/node_modules/tools/index.js': "exports.name = 'tools';" };

test('code requires and imports what a layer brings, after what it packs', async () => {
  const { lambda, create, invoke } = await accountWithRole();
  const { LayerVersionArn = '', Version } = await lambda.publishLayerVersion({
    LayerName: 'tools',
    Content: { ZipFile: zipOf(tools) },
    CompatibleRuntimes: ['nodejs20.x'],
  });
  await create(
    {
      'index.mjs': `import { createRequire } from 'node:module';
        import tools from 'tools';
        export const handler = async () => [tools.name, createRequire(import.meta.url)('tools').name];`,
    },
    { Layers: [LayerVersionArn] },
  );

  expect([LayerVersionArn, Version]).toEqual([
    'arn:aws:lambda:us-east-1:000000000000:layer:tools:1',
    1,
  ]);
  expect((await invoke()).payload).toEqual(['tools', 'tools']);
});

test('a deleted version goes on in functions that have it, and gets no new ones (LocalStack test_lambda_api.py)', async () => {
  const { lambda, create, invoke } = await accountWithRole();
  const LayerName = 'tools';
  const { LayerVersionArn = '' } = await lambda.publishLayerVersion({
    LayerName,
    Content: { ZipFile: zipOf(tools) },
  });
  const code = "exports.handler = async () => require('tools').name;";
  await create(code, { Layers: [LayerVersionArn] });
  await lambda.deleteLayerVersion({ LayerName, VersionNumber: 1 });

  expect((await invoke()).payload).toBe('tools');
  await expect(
    create(code, { FunctionName: 'other', Layers: [LayerVersionArn] }),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `Layer version ${LayerVersionArn} does not exist.`,
  });
  expect((await lambda.listLayers({})).Layers).toEqual([]);
  const next = await lambda.publishLayerVersion({
    LayerName,
    Content: { ZipFile: zipOf(tools) },
  });
  expect(next.Version).toBe(2);
});

test('layers are listed by what they are for', async () => {
  const { lambda } = await accountWithRole();
  const publish = (LayerName: string, runtime: 'nodejs20.x' | 'python3.12') =>
    lambda.publishLayerVersion({
      LayerName,
      Content: { ZipFile: zipOf(tools) },
      CompatibleRuntimes: [runtime],
    });
  await publish('tools', 'nodejs20.x');
  await publish('snakes', 'python3.12');

  const { Layers = [] } = await lambda.listLayers({ CompatibleRuntime: 'python3.12' });

  expect(Layers).toMatchObject([{ LayerName: 'snakes', LatestMatchingVersion: { Version: 1 } }]);
});

test('a function has one version of a layer, of its own Region (LocalStack test_lambda_api.py)', async () => {
  const { lambda, create } = await accountWithRole();
  const publish = () =>
    lambda.publishLayerVersion({ LayerName: 'tools', Content: { ZipFile: zipOf(tools) } });
  const { LayerVersionArn: one = '' } = await publish();
  const { LayerVersionArn: two = '' } = await publish();
  const createWith = (...Layers: string[]) => create('exports.handler = 1;', { Layers });

  await expect(createWith(one, two)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `Two different versions of the same layer are not allowed to be referenced in the same function. ${one} and ${two} are versions of the same layer.`,
  });
  await expect(createWith(one.replace('us-east-1', 'eu-west-1'))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
  });
});
