import type { Capability, Parameter } from '@aws-sdk/client-cloudformation';
import { fileIn, parametersFor, templateConfiguration } from './cloudformation-input';
import type { ActionContext } from './provider';

/** The stack that an action deploys. */
export const stackNameOf = ({ configuration }: ActionContext): string =>
  configuration['StackName'] ?? '';

/** The role that CloudFormation is to work with. */
export const roleOf = ({ configuration }: ActionContext) =>
  configuration['RoleArn'] === undefined ? {} : { RoleARN: configuration['RoleArn'] };

/** What CreateStack, UpdateStack and CreateChangeSet are told alike. */
export async function stackInput(context: ActionContext) {
  const { configuration } = context;
  const config = await templateConfiguration(context);
  const Parameters: Parameter[] = Object.entries(await parametersFor(context, config)).map(
    ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
  );
  return {
    StackName: stackNameOf(context),
    TemplateBody: await fileIn(context, configuration['TemplatePath'] ?? ''),
    Capabilities: (configuration['Capabilities']?.split(',') ?? []) as Capability[],
    Parameters,
    Tags: Object.entries(config.Tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    ...roleOf(context),
  };
}
