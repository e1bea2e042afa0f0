import { formatError, validationError } from '../errors';
import { conditionFunctionNames } from './condition-functions';
import { checkCount, checkNameLength } from './limits';
import { intrinsicOf, isLoop, isRecord } from './template';

/** Checks names, levels and sizes of the Mappings section. */
export function checkMappings(mappings: unknown, isExtended: boolean): void {
  if (!isRecord(mappings)) return;
  checkCount('Mappings', Object.keys(mappings).length);
  for (const [name, mapping] of Object.entries(mappings)) {
    checkNameLength('Mapping', name);
    if (!isRecord(mapping)) throw formatError(`Every Mappings member ${name} must be a map`);
    for (const [key, attributes] of Object.entries(mapping)) {
      checkElement(key, attributes, isExtended);
    }
  }
}

function checkElement(key: string, attributes: unknown, isExtended: boolean): void {
  if (!/^[A-Za-z0-9.-]+$/.test(key)) {
    throw formatError(
      `Mappings element name '${key}' must be non-empty and can contain only alphanumerics, '-' or '.'`,
    );
  }
  if (!isRecord(attributes)) throw formatError(`Every Mappings member ${key} must be a map`);
  checkCount('Mappings attributes', Object.keys(attributes).length);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (!/^[A-Za-z0-9]+$/.test(attribute)) {
      throw formatError(
        `Mappings attribute name '${attribute}' must contain only alphanumeric characters.`,
      );
    }
    if (isRecord(value) && !isExtended) {
      throw formatError('Every Mappings attribute must be a String or a List.');
    }
  }
}

/** Checks the Outputs section; loops are looked at once they are expanded. */
export function checkOutputs(outputs: unknown, isExtended: boolean): void {
  if (!isRecord(outputs)) return;
  checkCount('Outputs', Object.keys(outputs).length);
  for (const [name, output] of Object.entries(outputs)) {
    if (!(isExtended && isLoop(name))) checkOutput(name, output);
  }
}

function checkOutput(name: string, output: unknown): void {
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    throw formatError(`Outputs name '${name}' is non alphanumeric.`);
  }
  checkNameLength('Outputs', name);
  if (!isRecord(output) || output['Value'] === undefined) {
    throw formatError('Every Outputs member must contain a Value object');
  }
  checkValue(output['Value']);
  if (output['Export'] !== undefined) checkExport(name, output['Export']);
}

function checkValue(value: unknown): void {
  const [called] = intrinsicOf(value) ?? [];
  const isPlain = called === undefined && typeof value === 'object';
  if (!isPlain && !conditionFunctionNames.includes(called ?? '')) return;
  throw formatError('The Value field of every Outputs member must evaluate to a String.');
}

/** Whether an export may be called so. */
export const isExportName = (name: unknown): boolean =>
  typeof name === 'string' && /^[A-Za-z0-9:-]+$/.test(name);

function checkExport(output: string, exported: unknown): void {
  const name = isRecord(exported) ? exported['Name'] : undefined;
  if (isRecord(name) || isExportName(name)) return;
  throw malformedExport(output);
}

/** Refuses the name of an export, as written or as its functions came to. */
export const malformedExport = (output: string): Error =>
  formatError(
    `Output ${output} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
  );

/** Checks the form of the Rules section. The texts were not verified against AWS. */
export function checkRulesSection(rules: unknown): void {
  if (!isRecord(rules)) return;
  for (const [name, rule] of Object.entries(rules)) {
    if (!isRecord(rule)) throw formatError('Any Rules member must be an object.');
    const unknown = Object.keys(rule).filter(
      (member) => member !== 'RuleCondition' && member !== 'Assertions',
    );
    if (unknown.length > 0) {
      throw validationError(`Invalid template rule property '${unknown.join(', ')}'`);
    }
    checkAssertions(name, rule['Assertions']);
  }
}

function checkAssertions(rule: string, assertions: unknown): void {
  const list: unknown[] = Array.isArray(assertions) ? assertions : [];
  if (list.length > 0 && list.every((each) => isRecord(each) && isRecord(each['Assert']))) return;
  throw formatError(
    `Rule ${rule} must contain a list of Assertions, each with an Assert function.`,
  );
}
