import { checkRange, invalid, notFound } from './errors';
import { arnOf, findFunction } from './find-function';
import type { LambdaCall, LambdaHandlers } from './state';

/** What a new account may run at once, and what must stay for functions without a reservation. */
const account = { total: 1000, unreserved: 100 };

const reservedIn = ({ state }: LambdaCall, except?: string): number =>
  [...state.functions.values()]
    .filter(({ name }) => name !== except)
    .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);

export const concurrency = {
  PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: reserved = 0 }, call) {
    const { fn, qualifier } = findFunction({ FunctionName }, call, (reference) =>
      notFound(`Function not found: ${arnOf({ ...reference, qualifier: '$LATEST' })}`),
    );
    if (qualifier !== undefined)
      throw invalid(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      );
    checkRange(reserved, 'reservedConcurrentExecutions', [0, Infinity]);
    if (account.total - reservedIn(call, fn.name) - reserved < account.unreserved)
      throw invalid(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${account.unreserved}].`,
      );
    fn.reservedConcurrency = reserved;
    call.announce({ kind: 'UPDATE', type: 'AWS::Lambda::Function', id: fn.name });
    return { ReservedConcurrentExecutions: reserved };
  },

  GetFunctionConcurrency(input, call) {
    const { fn } = findFunction(input, call);
    const { reservedConcurrency: reserved } = fn;
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  },

  DeleteFunctionConcurrency(input, call) {
    const { fn } = findFunction(input, call);
    delete fn.reservedConcurrency;
    call.announce({ kind: 'UPDATE', type: 'AWS::Lambda::Function', id: fn.name });
  },

  GetAccountSettings(_input, call) {
    const functions = [...call.state.functions.values()];
    const packages = functions.flatMap((fn) => [fn.latest, ...fn.versions.values()]);
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: account.total,
        UnreservedConcurrentExecutions: account.total - reservedIn(call),
      },
      AccountUsage: {
        TotalCodeSize: packages.reduce((sum, { settings }) => sum + settings.code.size, 0),
        FunctionCount: functions.length,
      },
    };
  },
} satisfies LambdaHandlers;
