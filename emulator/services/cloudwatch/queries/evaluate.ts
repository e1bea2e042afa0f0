import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { bandOf, trainedOn } from '../anomaly/band';
import { validationError } from '../errors';
import { evaluateMath } from '../math/evaluate';
import { type Node, parseMath } from '../math/parse';
import { MathError } from '../math/tokens';
import { isSeries, momentsOf, type Scope, type Value } from '../math/value';
import type { Span } from '../metrics/series';
import { fetchStatistic, type Question } from './fetch';
import type { TimeSeries } from './time-series';

/** Works queries out, each once, whatever else refers to them. */
export class Evaluation {
  private readonly queries: Map<string, MetricDataQuery>;
  private readonly question: Question;
  private readonly values = new Map<string, Value | 'running'>();

  constructor(queries: readonly MetricDataQuery[], question: Question) {
    this.queries = new Map(queries.map((query) => [query.Id ?? '', query]));
    this.question = question;
  }

  /** The series of a query: one, or several of an expression that makes an array. */
  seriesOf(id: string): TimeSeries[] {
    try {
      const value = this.valueOf(id);
      if (value === undefined || typeof value === 'number' || 'text' in value)
        throw new MathError('The result is no time series');
      return isSeries(value) ? [value] : value;
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      throw validationError(`Error in expression '${id}': ${error.message}`); // text unverified
    }
  }

  private valueOf(id: string): Value | undefined {
    const query = this.queries.get(id);
    if (!query) return undefined;
    const known = this.values.get(id);
    if (known === 'running') throw new MathError(`The expression '${id}' refers to itself`);
    if (known !== undefined) return known;
    this.values.set(id, 'running');
    const value = query.MetricStat
      ? fetchStatistic(query.MetricStat, this.question)
      : this.evaluate(parseMath(query.Expression ?? ''), query);
    this.values.set(id, value);
    return value;
  }

  private evaluate(node: Node, query: MetricDataQuery): Value {
    return evaluateMath(node, (name) => this.valueOf(name), this.scopeOf(query));
  }

  private scopeOf(query: MetricDataQuery): Scope {
    const { question } = this;
    const grid = () => question.gridFor(query.Period ?? this.shortestPeriod());
    return {
      now: question.now,
      grid,
      metrics: () => this.metrics(),
      band: (node, deviations) => {
        const queries = [...this.queries.values()];
        const history = new Evaluation(queries, further(question)).evaluate(node, query);
        if (typeof history !== 'object' || !isSeries(history))
          throw new MathError('ANOMALY_DETECTION_BAND takes a time series and a number');
        const learnt = without(history, this.excludedFrom(node));
        const [upper, lower] = bandOf(learnt, momentsOf(grid(), Infinity), deviations);
        const label = query.Label ?? query.Id;
        return [
          { ...upper, label: `${label} High` },
          { ...lower, label: `${label} Low` },
        ];
      },
    };
  }

  private metrics(): [string, TimeSeries][] {
    return [...this.queries].flatMap(([id, { MetricStat }]): [string, TimeSeries][] =>
      MetricStat ? [[id, this.valueOf(id) as TimeSeries]] : [],
    );
  }

  private excludedFrom(node: Node): Span[] {
    const stat = node.kind === 'name' ? this.queries.get(node.name)?.MetricStat : undefined;
    return stat ? this.question.excluded(stat) : [];
  }

  private shortestPeriod(): number {
    const periods = [...this.queries.values()].flatMap(
      ({ MetricStat }) => MetricStat?.Period ?? [],
    );
    return periods.length > 0 ? Math.min(...periods) : 60;
  }
}

/** The same question about the time that a band is made from, too. */
const further = (question: Question): Question => ({
  ...question,
  gridFor(period) {
    const grid = question.gridFor(period);
    const back = Math.ceil(trainedOn / grid.period) * grid.period;
    return { ...grid, start: grid.start - back };
  },
});

const without = (series: TimeSeries, spans: Span[]): TimeSeries => ({
  ...series,
  points: new Map(
    [...series.points].filter(([at]) => !spans.some(({ start, end }) => at >= start && at < end)),
  ),
});
