/** Numbers over time, in order of time; the keys are milliseconds. */
export interface TimeSeries {
  points: Map<number, number>;
  /** Milliseconds between two points that follow each other. */
  period: number;
  /** Of a metric: what of it is shown. */
  label?: string;
  /** How many values stand behind each point, of a metric. */
  samples?: Map<number, number>;
  /** Units of a metric that has data in more than one. */
  units?: string[];
}
