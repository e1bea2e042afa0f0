import { importersOf } from '../../cloudformation/deployment/outputs';
import { validationError } from '../../cloudformation/errors';
import { pageOf } from './pages';
import type { CloudFormationHandlers } from './state';

export const exportedValues = {
  ListExports({ NextToken: token }, { state }) {
    const { page, rest } = pageOf([...state.exports.values()], token);
    return {
      Exports: page.map(({ stackId, name, value }) => ({
        ExportingStackId: stackId,
        Name: name,
        Value: value,
      })),
      ...rest,
    };
  },

  ListImports({ ExportName: name = '', NextToken: token }, { state }) {
    const importers = importersOf(state, name);
    if (importers.length === 0) {
      throw validationError(`Export '${name}' is not imported by any stack.`);
    }
    const { page, rest } = pageOf(importers, token);
    return { Imports: page, ...rest };
  },
} satisfies CloudFormationHandlers;
