/** Does EventBridge understand the path? Names by dot, elements by index. */
export const isPath = (path: string): boolean => /^\$(?:\.[\w-]+|\[\d+\]|\['[^']+'\])*$/.test(path);

/** The value at a path such as `$.detail.resources[0].id`; `undefined` where there is none. */
export function valueAt(path: string, document: unknown): unknown {
  const steps = path.match(/\.[\w-]+|\[\d+\]|\['[^']+'\]/g) ?? [];
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = step.replace(/^\.|^\['?|'?\]$/g, '');
    return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }, document);
}
