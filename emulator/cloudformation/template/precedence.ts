import type { Dependencies } from './graph';
import type { ResourceDeclaration } from './template';
import { table } from '../../table';

/**
 * Types that wait for one of another type in the same template without naming it: Config takes a
 * delivery channel only where there is a recorder, and AWS makes the two side by side.
 */
const waitsFor: Record<string, string> = table({
  'AWS::Config::DeliveryChannel': 'AWS::Config::ConfigurationRecorder',
});

/** The dependencies with those that no template writes down, save where they would make a circle. */
export function withPrecedence(
  dependencies: Dependencies,
  resources: ReadonlyMap<string, ResourceDeclaration>,
): Dependencies {
  const named = [...resources];
  const added = named.flatMap(([waiting, { Type: type }]) =>
    named
      .filter(([first, resource]) => resource.Type === waitsFor[type] && first !== waiting)
      .filter(([first]) => !reaches(dependencies, first, waiting))
      .map(([first]) => [waiting, first] as const),
  );
  for (const [waiting, first] of added) dependencies.get(waiting)?.add(first);
  return dependencies;
}

function reaches(dependencies: Dependencies, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) for (const next of dependencies.get(name) ?? []) seen.add(next);
  return seen.has(to);
}
