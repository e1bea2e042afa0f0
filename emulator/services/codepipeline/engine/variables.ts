import type { Execution, Place } from '../state';

/**
 * Replaces `#{namespace.key}`, `#{codepipeline.PipelineExecutionId}` and `#{variables.name}`
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html).
 * Throws for a variable that nothing has set.
 */
export function resolveVariables(
  configuration: Record<string, string>,
  execution: Execution,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [
      name,
      value.replace(/#\{([^}]+)\}/g, (_whole, reference: string) => valueOf(reference, execution)),
    ]),
  );
}

function valueOf(reference: string, execution: Execution): string {
  const [namespace, key] = splitAtDot(reference);
  const value = namespaceOf(namespace, execution)?.[key];
  if (value === undefined)
    // text unverified
    throw new Error(`The variable '#{${reference}}' could not be resolved.`);
  return value;
}

const splitAtDot = (reference: string): [string, string] => {
  const dot = reference.indexOf('.');
  return [reference.slice(0, dot), reference.slice(dot + 1)];
};

function namespaceOf(name: string, execution: Execution): Record<string, string> | undefined {
  if (name === 'codepipeline') return { PipelineExecutionId: execution.id };
  if (name === 'variables') return execution.variables;
  return execution.outputVariables.get(name);
}

/** Keeps what an action put out under its namespace. */
export function keepVariables(
  { execution }: Place,
  namespace: string | undefined,
  variables: Record<string, string>,
): void {
  if (namespace !== undefined) execution.outputVariables.set(namespace, variables);
}
