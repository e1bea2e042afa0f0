import { invalid } from './errors';

interface SystemFields {
  applyOnTransformedLogs?: boolean | undefined;
  fieldSelectionCriteria?: string | undefined;
  emitSystemFieldDimensions?: string[] | undefined;
  emitSystemFields?: string[] | undefined;
}

/** Members of a filter that need log transformers or system fields, which are refused by name. */
export function refuseSystemFields(input: SystemFields): void {
  const set = [
    input.applyOnTransformedLogs ? 'applyOnTransformedLogs' : undefined,
    input.fieldSelectionCriteria ? 'fieldSelectionCriteria' : undefined,
    input.emitSystemFieldDimensions?.length ? 'emitSystemFieldDimensions' : undefined,
    input.emitSystemFields?.length ? 'emitSystemFields' : undefined,
  ].find((name) => name !== undefined);
  if (set !== undefined) throw invalid(`${set} is not emulated`);
}
