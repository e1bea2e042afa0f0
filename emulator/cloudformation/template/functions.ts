import { templateError } from '../errors';
import { cidr } from './cidr';
import { noValue, type FunctionScope, type TemplateFunction } from './scope';
import { substitute } from './substitute';
import { isRecord } from './template';
import { text } from './text';
import { causesIn, Unknown } from './unknown';
import { table } from '../../table';

/** The functions that answer a value, by the name that templates call them. */
export const functions: Record<string, TemplateFunction> = table({
  Ref: (argument, scope) => refer(argument, scope),
  'Fn::GetAtt': (argument, scope) => getAttribute(argument, scope),
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Join': whenKnown(join),
  'Fn::Select': whenKnown(select),
  'Fn::Split': whenKnown(split),
  'Fn::FindInMap': whenKnown(findInMap),
  'Fn::GetAZs': whenKnown((region, scope) =>
    scope.zones(scalar('Fn::GetAZs', region) || ownRegion(scope)),
  ),
  'Fn::Cidr': whenKnown(cidr),
  'Fn::Base64': whenKnown((value) => Buffer.from(scalar('Fn::Base64', value)).toString('base64')),
  'Fn::ImportValue': (argument, scope) => importValue(scope.evaluate(argument), scope),
  'Fn::Length': whenKnown(length),
  'Fn::ToJsonString': whenKnown((value) => JSON.stringify(value)),
});

/** Evaluates the argument first; what hangs on an unknown value is unknown itself. */
function whenKnown(run: TemplateFunction): TemplateFunction {
  return (argument, scope) => {
    const value = scope.evaluate(argument);
    const causes = causesIn(value);
    return causes.length > 0 ? new Unknown(causes) : run(value, scope);
  };
}

function scalar(name: string, value: unknown): string {
  if (typeof value !== 'object') return text(value);
  throw templateError(`every ${name} object must have a String-typed value.`);
}

function importValue(name: unknown, scope: FunctionScope): unknown {
  if (causesIn(name).length === 0) return scope.importValue(text(name));
  throw templateError(
    'the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
  );
}

function length(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  // The transform has counted every other list; text not verified against AWS.
  throw templateError('Fn::Length requires a list');
}

const ownRegion = (scope: FunctionScope): string => text(scope.parameter('AWS::Region'));

function refer(argument: unknown, scope: FunctionScope): unknown {
  const name = referredBy(argument);
  return name === 'AWS::NoValue' ? noValue : (scope.parameter(name) ?? scope.reference(name));
}

/** The name that a Ref mentions. */
export function referredBy(argument: unknown): string {
  if (typeof argument === 'string') return argument;
  throw templateError('every Ref object must have a single String value.');
}

function getAttribute(argument: unknown, scope: FunctionScope): unknown {
  const [logicalId, name] = attributeOf(argument);
  return scope.attribute(logicalId, text(scope.evaluate(name)));
}

/** Resource and attribute of a GetAtt, from its list form or its dotted form. */
export function attributeOf(argument: unknown): [logicalId: string, name: unknown] {
  if (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string') {
    return [argument[0], argument[1]];
  }
  const dotted = typeof argument === 'string' ? /^([^.]+)\.(.+)$/.exec(argument) : undefined;
  if (dotted?.[1] && dotted[2]) return [dotted[1], dotted[2]];
  throw templateError(
    'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

function join(argument: unknown): string {
  const [delimiter, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const isPlain = Array.isArray(list) && list.every((each) => typeof each !== 'object');
  if (typeof delimiter !== 'string' || !isPlain) {
    throw templateError(
      'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    );
  }
  return list.map(text).join(delimiter);
}

function select(argument: unknown): unknown {
  const [index, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (!Array.isArray(list)) {
    throw templateError(
      'Fn::Select requires a list argument with two elements: an integer index and a list',
    );
  }
  if (!/^-?\d+$/.test(text(index))) {
    throw templateError(
      'Fn::Select requires a list argument with a valid index value as its first element',
    );
  }
  const value = (list as unknown[])[Number(index)];
  if (value === undefined) {
    throw templateError(`Fn::Select cannot select nonexistent value at index ${text(index)}`);
  }
  return value;
}

function split(argument: unknown): string[] {
  const [delimiter, source] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (typeof delimiter !== 'string' || source === undefined || Array.isArray(source)) {
    throw templateError(
      'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    );
  }
  return text(source).split(delimiter);
}

function findInMap(argument: unknown, scope: FunctionScope): unknown {
  if (!Array.isArray(argument) || argument.length < 3) {
    throw templateError(
      'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  const [map, first, second, options] = argument as unknown[];
  const fallback = isRecord(options) ? options['DefaultValue'] : undefined;
  if (fallback === undefined && !Object.hasOwn(scope.mappings, text(map))) {
    throw templateError(
      `Mapping named '${text(map)}' is not present in the 'Mappings' section of template.`,
    );
  }
  const found = [map, first, second].reduce<unknown>(
    (level, key) =>
      isRecord(level) && Object.hasOwn(level, text(key)) ? level[text(key)] : undefined,
    scope.mappings,
  );
  if (found !== undefined) return found;
  if (fallback !== undefined) return fallback;
  throw templateError(`Unable to get mapping for ${[map, first, second].map(text).join('::')}`);
}
