import { table } from '../../../table';

/** Text and meaning of AWS's comparison operators; anomaly ones look at a band. */
interface Comparison {
  text: string;
  isBreaching: (value: number, limits: Limits) => boolean;
}

/** What a value is compared with. */
export interface Limits {
  threshold?: number | undefined;
  upper?: number | undefined;
  lower?: number | undefined;
}

const above = (value: number, limit: number | undefined) => limit !== undefined && value > limit;
const below = (value: number, limit: number | undefined) => limit !== undefined && value < limit;

export const comparisons: Record<string, Comparison> = table({
  GreaterThanOrEqualToThreshold: {
    text: 'greater than or equal to the threshold',
    isBreaching: (value, { threshold = Infinity }) => value >= threshold,
  },
  GreaterThanThreshold: {
    text: 'greater than the threshold',
    isBreaching: (value, { threshold }) => above(value, threshold),
  },
  LessThanThreshold: {
    text: 'less than the threshold',
    isBreaching: (value, { threshold }) => below(value, threshold),
  },
  LessThanOrEqualToThreshold: {
    text: 'less than or equal to the threshold',
    isBreaching: (value, { threshold = -Infinity }) => value <= threshold,
  },
  LessThanLowerOrGreaterThanUpperThreshold: {
    text: 'less than the lower thresholds',
    isBreaching: (value, { lower, upper }) => below(value, lower) || above(value, upper),
  },
  LessThanLowerThreshold: {
    text: 'less than the lower thresholds',
    isBreaching: (value, { lower }) => below(value, lower),
  },
  GreaterThanUpperThreshold: {
    text: 'greater than the upper thresholds',
    isBreaching: (value, { upper }) => above(value, upper),
  },
});
