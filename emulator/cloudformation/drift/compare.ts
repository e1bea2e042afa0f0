import type { PropertyDifference } from '@aws-sdk/client-cloudformation';
import type { Properties } from '../provider';
import { isRecord } from '../template/template';
import { text } from '../template/text';
import { covers, equals, isNothing, pairUp, unfolded } from './equal';

// Properties that are one document each: what is added anywhere inside has not been there before.
const documents = /(Document|Policy|Pattern|Content|Tags|InputParameters)$/;

// What tells the items of a list apart, so that a changed one is told as changed.
const identities = ['Key', 'PolicyName', 'Sid', 'Id'];

/** How a resource differs from what its template sets; what the template leaves open is not looked at. */
export function differencesBetween(expected: Properties, actual: Properties): PropertyDifference[] {
  return Object.entries(expected).flatMap(([name, value]) =>
    differences({ path: `/${escape(name)}`, isDocument: documents.test(name) }, [
      value,
      actual[name],
    ]),
  );
}

interface Place {
  path: string;
  isDocument: boolean;
}

type Sides = [expected: unknown, actual: unknown];

function differences(place: Place, sides: Sides): PropertyDifference[] {
  const expected = unfolded(sides[0], sides[1]);
  const actual = unfolded(sides[1], sides[0]);
  if (actual === undefined) return isNothing(expected) ? [] : [removed(place.path, expected)];
  if (isRecord(expected) && isRecord(actual)) return inRecord(place, expected, actual);
  if (Array.isArray(expected) && Array.isArray(actual)) return inList(place, expected, actual);
  return covers(expected, actual) ? [] : [different('NOT_EQUAL', place.path, [expected, actual])];
}

function inRecord(place: Place, expected: Properties, actual: Properties): PropertyDifference[] {
  const more = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key));
  return [
    ...Object.keys(expected).flatMap((key) =>
      differences(at(place, key), [expected[key], actual[key]]),
    ),
    ...(place.isDocument ? more.map((key) => added(at(place, key).path, actual[key])) : []),
  ];
}

function inList(place: Place, expected: unknown[], actual: unknown[]): PropertyDifference[] {
  const identity = identityOf([...expected, ...actual]);
  const { missing, added: extra } = pairUp(expected, actual, place.isDocument ? equals : covers);
  const found = missing.flatMap(({ value, index }) => {
    const match = extra.findIndex(
      (each) => identity === undefined || idOf(each.value, identity) === idOf(value, identity),
    );
    const [partner] = match < 0 ? [] : extra.splice(match, 1);
    const { path } = at(place, index);
    return partner ? differences(at(place, index), [value, partner.value]) : [removed(path, value)];
  });
  return [...found, ...extra.map(({ value, index }) => added(at(place, index).path, value))];
}

function identityOf(items: unknown[]): string | undefined {
  return identities.find((name) => items.every((item) => idOf(item, name) !== undefined));
}

const idOf = (item: unknown, name: string): unknown => (isRecord(item) ? item[name] : undefined);

const at = ({ path, isDocument }: Place, key: string | number): Place => ({
  path: `${path}/${escape(String(key))}`,
  isDocument,
});

/** As JSON pointers want it. */
const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const removed = (path: string, expected: unknown) => different('REMOVE', path, [expected, null]);
const added = (path: string, actual: unknown) => different('ADD', path, [null, actual]);

const different = (
  type: 'ADD' | 'REMOVE' | 'NOT_EQUAL',
  PropertyPath: string,
  [expected, actual]: Sides,
): PropertyDifference => ({
  PropertyPath,
  ExpectedValue: text(expected),
  ActualValue: text(actual),
  DifferenceType: type,
});
