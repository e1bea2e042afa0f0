import type { Dimension } from '@aws-sdk/client-cloudwatch';
import { invalidValue, missingParameter, notInSet } from '../errors';

/** Every unit that AWS knows, in the order in which it prints them. */
export const units: string[] =
  'Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits Percent Count Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second Megabits/Second Gigabits/Second Terabits/Second Count/Second None'.split(
    ' ',
  );

/** A unit of a metric, where there is one. */
export function checkUnit(unit: string | undefined, parameter: string): void {
  if (unit !== undefined && !units.includes(unit)) throw notInSet(parameter, units);
}

/** At most 30 dimensions, each with a name and a value. */
export function checkDimensions(dimensions: readonly Dimension[], member: string): void {
  if (dimensions.length > 30)
    throw invalidValue(`The collection ${member} must not have a size greater than 30.`);
  dimensions.forEach(({ Name, Value }, index) => {
    if (!Name) throw missingParameter(`${member}.member.${index + 1}.Name`);
    if (!Value) throw missingParameter(`${member}.member.${index + 1}.Value`);
  });
}
