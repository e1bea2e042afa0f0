import { type Aggregate, aggregates, type MakeAggregate } from './aggregates';
import { compileRegex } from './regex';
import { accepts, binOf, functions } from './functions';
import { Row } from './row';
import { literalOf } from './literal';
import { type Arithmetic, comparisons, powers, products, sums } from './operators';
import { fieldName, type Scanner, type Token, unquote } from './scanner';
import { compareValues, isTrue, toNumber, toText, type Value } from './value';

/** What an expression is worth for a row. */
export type Expression = (row: Row) => Value;

/** Where aggregate functions that an expression holds are put; none are allowed without it. */
export type AggregateSlots = Aggregate[] | undefined;

/** Where in a row the value of an aggregate waits for the expression around it. */
export const slotName = (index: number): string => `\0${index}`;

/** Reads an expression: `or` binds least, then `and`, `not`, comparisons, arithmetic. */
export function readExpression(scanner: Scanner, slots?: AggregateSlots): Expression {
  return new ExpressionReader(scanner, slots).disjunction();
}

class ExpressionReader {
  private readonly scanner: Scanner;
  private readonly slots: AggregateSlots;

  constructor(scanner: Scanner, slots: AggregateSlots) {
    this.scanner = scanner;
    this.slots = slots;
  }

  disjunction(): Expression {
    const all = [this.conjunction()];
    while (this.scanner.take('or')) all.push(this.conjunction());
    return joined(all, (row) => all.some((each) => isTrue(each(row))));
  }

  private conjunction(): Expression {
    const all = [this.negation()];
    while (this.scanner.take('and')) all.push(this.negation());
    return joined(all, (row) => all.every((each) => isTrue(each(row))));
  }

  private negation(): Expression {
    if (!this.scanner.take('not')) return this.comparison();
    const inner = this.negation();
    return (row) => !isTrue(inner(row));
  }

  private comparison(): Expression {
    const left = this.sum();
    if (this.scanner.take('not')) {
      const inner = this.membership(left) ?? this.likeness(left);
      if (!inner) throw this.scanner.unexpected();
      return (row) => !isTrue(inner(row));
    }
    return this.membership(left) ?? this.likeness(left) ?? this.ordering(left) ?? left;
  }

  /** Nothing compares with a field that is not there. */
  private ordering(left: Expression): Expression | undefined {
    const { kind, text } = this.scanner.peek();
    const holds = kind === 'operator' ? comparisons[text] : undefined;
    if (!holds) return undefined;
    this.scanner.next();
    const right = this.sum();
    return (row) => {
      const [one, other] = [left(row), right(row)];
      return one !== undefined && other !== undefined && holds(one, other);
    };
  }

  private membership(left: Expression): Expression | undefined {
    if (!this.scanner.take('in')) return undefined;
    this.scanner.expect('[');
    const members = this.list(']');
    return (row) => {
      const value = left(row);
      if (value === undefined) return false;
      return members.some((member) => compareValues(member(row), value) === 0);
    };
  }

  private likeness(left: Expression): Expression | undefined {
    if (!this.scanner.take('like') && !this.scanner.take('=~')) return undefined;
    const source = this.scanner.takeRegex();
    if (source === undefined) {
      if (this.scanner.peek().kind !== 'string') throw this.scanner.unexpected();
      const part = unquote(this.scanner.next());
      return (row) => toText(left(row)).includes(part);
    }
    const expression = compileRegex(source);
    return (row) => expression.test(toText(left(row)));
  }

  private sum(): Expression {
    return this.arithmetic(sums, () => this.product());
  }

  private product(): Expression {
    return this.arithmetic(products, () => this.power());
  }

  private power(): Expression {
    return this.arithmetic(powers, () => this.primary());
  }

  private arithmetic(operators: Record<string, Arithmetic>, operand: () => Expression): Expression {
    let result = operand();
    for (;;) {
      const { kind, text } = this.scanner.peek();
      const compute = kind === 'operator' ? operators[text] : undefined;
      if (!compute) return result;
      this.scanner.next();
      result = computed(compute, result, operand());
    }
  }

  private primary(): Expression {
    if (this.scanner.take('(')) {
      const inner = this.disjunction();
      this.scanner.expect(')');
      return inner;
    }
    if (this.scanner.take('-')) {
      const inner = this.primary();
      return computed(sums['-'] as Arithmetic, () => 0, inner);
    }
    const token = this.scanner.next();
    const literal = literalOf(token);
    if (literal !== undefined) return () => literal;
    if (token.kind !== 'word') throw this.scanner.unexpected(token);
    const column = this.scanner.takeColumn(token);
    if (column !== undefined) return field(column);
    return this.scanner.take('(') ? this.call(token) : field(fieldName(token));
  }

  private call(token: Token): Expression {
    const name = token.text.toLowerCase();
    const makeAggregate = aggregates[name];
    if (this.slots && makeAggregate) return this.aggregate(this.slots, makeAggregate, token);
    const read = this.list(')');
    if (name === 'bin') return binOf(this.only(read, token));
    const known = functions[name];
    if (!known || !accepts(known, read.length)) throw this.scanner.unexpected(token);
    return (row) => known.call(read.map((each) => each(row)));
  }

  private only([first, ...more]: Expression[], token: Token): Expression {
    if (!first || more.length > 0) throw this.scanner.unexpected(token);
    return first;
  }

  /** `count()` and `count(*)` count rows; every other aggregate has something to aggregate. */
  private aggregate(slots: Aggregate[], make: MakeAggregate, token: Token): Expression {
    const read = this.aggregated();
    const [value, percent] = read;
    if (!value && token.text.toLowerCase() !== 'count') throw this.scanner.unexpected(token);
    const slot = slotName(slots.length);
    slots.push(make(value, toNumber(percent?.(noRow))));
    return (row) => row.get(slot);
  }

  private aggregated(): Expression[] {
    if (!this.scanner.take('*')) return new ExpressionReader(this.scanner, undefined).list(')');
    this.scanner.expect(')');
    return [];
  }

  private list(end: string): Expression[] {
    if (this.scanner.take(end)) return [];
    const all = [this.disjunction()];
    while (this.scanner.take(',')) all.push(this.disjunction());
    this.scanner.expect(end);
    return all;
  }
}

const noRow = new Row();

/** One operand alone keeps its value; only several are made a truth value. */
const joined = (all: Expression[], whole: Expression): Expression =>
  all.length === 1 ? (all[0] ?? whole) : whole;

const field =
  (name: string): Expression =>
  (row) =>
    row.get(name);

const computed =
  (compute: Arithmetic, left: Expression, right: Expression): Expression =>
  (row) => {
    const [one, other] = [toNumber(left(row)), toNumber(right(row))];
    if (one === undefined || other === undefined) return undefined;
    const result = compute(one, other);
    return Number.isFinite(result) ? result : undefined;
  };
