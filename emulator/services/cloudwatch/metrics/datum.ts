import type { MetricDatum, StatisticSet } from '@aws-sdk/client-cloudwatch';
import { invalidCombination, invalidValue, missingParameter } from '../errors';
import { add, type Aggregate, emptyAggregate, ofStatisticSet, ofValue } from './aggregate';
import { checkDimensions, checkUnit } from './names';

const largest = 2 ** 360;
const twoWeeks = 14 * 24 * 3600_000;
const twoHours = 2 * 3600_000;

/** Checks one datum of PutMetricData and answers its values; `member` is AWS's name for its place. */
export function readDatum(datum: MetricDatum, member: string, now: number): Aggregate {
  if (!datum.MetricName) throw missingParameter(`${member}.MetricName`);
  checkDimensions(datum.Dimensions ?? [], `${member}.Dimensions`);
  checkTime(datum.Timestamp?.getTime() ?? now, `${member}.Timestamp`, now);
  checkForm(datum, member);
  return valuesOf(datum, member);
}

function checkForm({ Unit, StorageResolution = 60 }: MetricDatum, member: string): void {
  checkUnit(Unit, `${member}.Unit`);
  if (StorageResolution !== 1 && StorageResolution !== 60)
    throw invalidValue(
      `The parameter ${member}.StorageResolution must be equal to 1 or 60.`, // text unverified
    );
}

function checkTime(at: number, parameter: string, now: number): void {
  if (at < now - twoWeeks)
    throw invalidValue(
      `The parameter ${parameter} must specify a time no more than two weeks in the past.`,
    );
  if (at > now + twoHours)
    throw invalidValue(
      `The parameter ${parameter} must specify a time no more than two hours in the future.`,
    );
}

const kinds = ['Value', 'Values', 'StatisticValues'] as const;

function valuesOf(datum: MetricDatum, member: string): Aggregate {
  const given = kinds.filter((kind) => datum[kind] !== undefined);
  if (given.length > 1)
    throw invalidCombination(
      `The parameters ${given.map((kind) => `${member}.${kind}`).join(' and ')} are mutually exclusive and you have specified both.`,
    );
  if (datum.StatisticValues) return readSet(datum.StatisticValues, `${member}.StatisticValues`);
  if (datum.Values) return readValues(datum.Values, datum.Counts, member);
  if (datum.Value === undefined) throw missingParameter(`${member}.Value`); // text unverified
  return ofValue(checkNumber(datum.Value, `${member}.Value`));
}

function readValues(values: number[], counts: number[] | undefined, member: string): Aggregate {
  if (values.length > 150)
    throw invalidValue(`The collection ${member}.Values must not have a size greater than 150.`);
  if (counts && counts.length !== values.length)
    throw invalidValue(
      `The parameters ${member}.Values and ${member}.Counts must be of the same size.`,
    );
  const all = emptyAggregate();
  values.forEach((value, index) => {
    checkNumber(value, `${member}.Values.member.${index + 1}`);
    const count = checkNumber(counts?.[index] ?? 1, `${member}.Counts.member.${index + 1}`);
    if (count < 0)
      throw invalidValue(`The value ${count} for parameter ${member}.Counts is invalid.`);
    if (count > 0) add(all, ofValue(value, count));
  });
  return all;
}

function readSet(set: StatisticSet, member: string): Aggregate {
  const [count, sum, min, max] = (['SampleCount', 'Sum', 'Minimum', 'Maximum'] as const).map(
    (name) => {
      if (set[name] === undefined) throw missingParameter(`${member}.${name}`);
      return checkNumber(set[name], `${member}.${name}`);
    },
  ) as [number, number, number, number];
  if (max < min)
    throw invalidCombination(
      `The parameter ${member}.Maximum must be greater than or equal to ${member}.Minimum.`, // text unverified
    );
  return ofStatisticSet({ count, sum, min, max });
}

function checkNumber(value: number, parameter: string): number {
  if (!Number.isFinite(value) || Math.abs(value) > largest)
    throw invalidValue(`The value ${value} for parameter ${parameter} is invalid.`);
  return value;
}
