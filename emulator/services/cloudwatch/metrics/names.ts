import { type Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { invalidValue, missingParameter } from '../errors';

/** Every unit that AWS knows. */
export const units: string[] = Object.values(StandardUnit);

/** At most 30 dimensions, each with a name and a value. */
export function checkDimensions(dimensions: readonly Dimension[], member: string): void {
  if (dimensions.length > 30)
    throw invalidValue(`The collection ${member} must not have a size greater than 30.`);
  dimensions.forEach(({ Name, Value }, index) => {
    if (!Name) throw missingParameter(`${member}.member.${index + 1}.Name`);
    if (!Value) throw missingParameter(`${member}.member.${index + 1}.Value`);
  });
}
