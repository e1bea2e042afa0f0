import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { checkModel } from '../emulator/cloudformation/template/check';
import { evaluate } from '../emulator/cloudformation/template/evaluate';
import { createModel, scopeOf } from '../emulator/cloudformation/template/model';
import { resolveParameters } from '../emulator/cloudformation/template/parameters';
import { parseTemplate } from '../emulator/cloudformation/template/parse';
import { alternativeFiles, findLabs } from '../lib/discover';
import { environment, expectationsOf, knowledge } from './support/expectations';
import type { StackClass } from './support/graded';
import { stackClassIn } from './support/proof/loaded';

process.env['CDK_VALIDATION'] = 'false';

const stacks = findLabs().flatMap(({ short, folder }): [string, StackClass][] => {
  const alternatives = alternativeFiles(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `alternatives/${file}`);
  const files = ['stack.ts', 'starter/stack.ts', 'solution/stack.ts', ...alternatives];
  return files.flatMap((file): [string, StackClass][] => {
    const Class = stackClassIn(join(folder, file));
    return Class ? [[`${short} ${file}`, Class]] : [];
  });
});

/** The template with every function evaluated, as the emulator deploys it. */
async function resolved(template: Template): Promise<Template> {
  const parsed = parseTemplate(JSON.stringify(template.toJSON()));
  const fetch = async (names: string[]) => new Map(names.map((name) => [name, '33']));
  const parameters = await resolveParameters(parsed.Parameters, { given: [], previous: [], fetch });
  const model = createModel(parsed, parameters, environment);
  checkModel(model);
  const scope = scopeOf(model, knowledge);
  const resources = [...model.resources].map(([logicalId, resource]) => [
    logicalId,
    { ...resource, Properties: evaluate(resource.Properties ?? {}, scope) },
  ]);
  return Template.fromJSON({ Resources: Object.fromEntries(resources) });
}

test.each(stacks)('every resource of %s resolves to what the CDK means', async (_name, Class) => {
  const synthesised = Template.fromStack(new Class(new App({ analyticsReporting: false }), 'lab'));

  const ours = await resolved(synthesised);

  for (const [type, resources] of expectationsOf(synthesised)) {
    expect(ours.findResources(type)).toEqual(resources);
  }
});
