import type { Stack } from '@aws-sdk/client-cloudformation';
import { zipSync } from 'fflate';
import type { ActionContext, ActionOutcome } from './provider';

/** Outputs of the stack become variables, and a file where the action names one. */
export async function done(
  context: ActionContext,
  stack: Partial<Stack>,
  summary: string,
): Promise<ActionOutcome> {
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  const { OutputFileName } = context.configuration;
  const [artifact] = context.run.declaration.outputArtifacts ?? [];
  const written =
    OutputFileName === undefined || artifact?.name === undefined
      ? []
      : [await writeOutputs(context, { name: artifact.name, OutputFileName, outputs })];
  return {
    status: 'Succeeded',
    externalId: stack.StackId ?? context.run.externalId ?? '',
    summary,
    outputVariables: outputs,
    outputs: written,
  };
}

async function writeOutputs(
  context: ActionContext,
  given: { name: string; OutputFileName: string; outputs: Record<string, string> },
) {
  const content = Buffer.from(JSON.stringify(given.outputs));
  return context.write(given.name, zipSync({ [given.OutputFileName]: content }));
}
