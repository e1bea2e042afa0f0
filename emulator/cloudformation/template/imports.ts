import { validationError } from '../errors';
import { activeOutputs } from './check';
import { evaluate } from './evaluate';
import { type Model, nothingYet, scopeOf } from './model';
import { Unknown } from './unknown';

/** Names of the exports that a template imports. */
export function importsOf(model: Model): string[] {
  const names = new Set<string>();
  const scope = {
    ...scopeOf(model, nothingYet),
    importValue(name: string) {
      names.add(name);
      return new Unknown([{ source: 'ResourceReference', entity: name }]);
    },
  };
  for (const { Properties: properties = {} } of model.resources.values()) {
    evaluate(properties, scope);
  }
  for (const [, { Value: value }] of activeOutputs(model)) evaluate(value, scope);
  return [...names];
}

/** Refuses imports that nobody exports. */
export function checkImports(state: { exports: Map<string, unknown> }, names: string[]): void {
  const missing = names.find((name) => !state.exports.has(name));
  if (missing !== undefined) throw validationError(`No export named ${missing} found.`);
}
