import type { PutQueryDefinitionRequest } from '@aws-sdk/client-cloudwatch-logs';
import { announceOf } from './announce';
import { checkText, invalid, notFound } from './errors';
import { compileQuery } from './insights';
import { pageOf } from './pages';
import { refuseLanguage } from './queries';
import type { LogsCall, LogsHandlers, QueryDefinition } from './state';

export const queryDefinitions = {
  PutQueryDefinition(input, call) {
    const { name, queryString, queryDefinitionId: id, logGroupNames = [] } = input;
    checkText(name, 'name', { longest: 255 });
    checkQuery(input);
    const known = id === undefined ? undefined : find(id, call);
    const made = {
      id: known?.id ?? call.random.uuid(),
      name,
      queryString: queryString ?? '',
      logGroupNames,
      modifiedAt: call.now().getTime(),
    };
    call.state.queryDefinitions.set(made.id, made);
    announceOf('AWS::Logs::QueryDefinition', known ? 'UPDATE' : 'CREATE', { id: made.id, call });
    return { queryDefinitionId: made.id };
  },

  DeleteQueryDefinition({ queryDefinitionId: id = '' }, call) {
    call.state.queryDefinitions.delete(find(id, call).id);
    announceOf('AWS::Logs::QueryDefinition', 'DELETE', { id, call });
    return { success: true };
  },

  DescribeQueryDefinitions(input, call) {
    const { queryDefinitionNamePrefix: prefix = '' } = input;
    refuseLanguage(input.queryLanguage);
    const found = [...call.state.queryDefinitions.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const { page, more } = pageOf(found, input, 1000);
    return { queryDefinitions: page.map(show), ...more };
  },
} satisfies LogsHandlers;

function checkQuery(input: PutQueryDefinitionRequest): void {
  const { queryString, queryLanguage, parameters, logGroupNames = [] } = input;
  checkText(queryString, 'queryString', { longest: 10_000 });
  refuseLanguage(queryLanguage);
  if (logGroupNames.length > 50) throw invalid('Too many log groups specified');
  if (parameters?.length) throw invalid('parameters of a query are not emulated');
  compileQuery(queryString);
}

function find(id: string, { state }: LogsCall): QueryDefinition {
  const definition = state.queryDefinitions.get(id);
  // The text was not verified.
  if (!definition) throw notFound('The specified query definition does not exist.');
  return definition;
}

const show = ({ id, name, queryString, logGroupNames, modifiedAt }: QueryDefinition) => ({
  queryLanguage: 'CWLI' as const,
  queryDefinitionId: id,
  name,
  queryString,
  lastModified: modifiedAt,
  ...(logGroupNames.length > 0 ? { logGroupNames } : {}),
});
