import type { StepAdjustment } from '@aws-sdk/client-auto-scaling';
import { invalid } from './find';

const low = ({ MetricIntervalLowerBound: bound = -Infinity }: StepAdjustment) => bound;
const high = ({ MetricIntervalUpperBound: bound = Infinity }: StepAdjustment) => bound;

/** The steps in order; a step and the next have one bound in common. */
function checkNeighbours(steps: StepAdjustment[]): void {
  const [first, ...others] = steps.toSorted((one, other) => low(one) - low(other));
  let reached = first ? high(first) : Infinity;
  for (const step of others) {
    if (low(step) < reached) throw invalid('StepAdjustment intervals cannot overlap'); // text unverified
    if (low(step) > reached) throw invalid('StepAdjustment intervals cannot have a gap'); // text unverified
    reached = high(step);
  }
}

/** Steps cover everything on their side of the threshold, each part of it once. */
export function checkSteps(steps: StepAdjustment[]): void {
  if (steps.some((step) => low(step) >= high(step)))
    throw invalid('The lower bound of a StepAdjustment must be less than its upper bound'); // text unverified
  if (steps.some((step) => high(step) > 0) && !steps.some((step) => high(step) === Infinity))
    throw invalid(
      'There must be a StepAdjustment with an unspecified upper bound (i.e., upper bound is null) when one StepAdjustment has a positive upper bound',
    );
  if (steps.some((step) => low(step) < 0) && !steps.some((step) => low(step) === -Infinity))
    throw invalid(
      'There must be a StepAdjustment with an unspecified lower bound (i.e., lower bound is null) when one StepAdjustment has a negative lower bound', // text unverified
    );
  checkNeighbours(steps);
}
