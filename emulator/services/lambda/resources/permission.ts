import type { FunctionUrlAuthType } from '@aws-sdk/client-lambda';
import { boolean, ignoring, required, text } from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';
import { parseObject } from '../../../json';
import { given, gone, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::Permission: one statement of a function's policy; Ref answers its id. */
export const permission: ResourceProvider = {
  properties: [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],

  async create(properties, context) {
    const StatementId = context.physicalName(100);
    await lambdaOf(context).addPermission(
      given({
        FunctionName: required(properties, 'FunctionName'),
        StatementId,
        Action: required(properties, 'Action'),
        Principal: required(properties, 'Principal'),
        EventSourceToken: text(properties, 'EventSourceToken'),
        FunctionUrlAuthType: text(properties, 'FunctionUrlAuthType') as
          FunctionUrlAuthType | undefined,
        InvokedViaFunctionUrl: boolean(properties, 'InvokedViaFunctionUrl'),
        PrincipalOrgID: text(properties, 'PrincipalOrgID'),
        SourceAccount: text(properties, 'SourceAccount'),
        SourceArn: text(properties, 'SourceArn'),
      }),
    );
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },

  async delete(StatementId, properties, context) {
    const FunctionName = required(properties, 'FunctionName');
    await ignoring(gone, lambdaOf(context).removePermission({ FunctionName, StatementId }));
  },

  async read(id, properties, context) {
    const { FunctionName } = properties;
    if (typeof FunctionName !== 'string') return undefined;
    const found = await orGone(lambdaOf(context).getPolicy({ FunctionName }));
    const { Statement = [] } = (parseObject(found?.Policy ?? '') ?? {}) as {
      Statement?: Statement[];
    };
    const statement = Statement.find(({ Sid }) => Sid === id);
    return statement && { FunctionName, ...shown(statement) };
  },
};

interface Statement {
  Sid: string;
  Action: string;
  Principal: '*' | { Service?: string; AWS?: string };
  Condition?: Record<string, Record<string, string>>;
}

function shown({ Action, Principal, Condition = {} }: Statement): Properties {
  const { StringEquals: equals = {}, ArnLike: like = {}, Bool: bool = {} } = Condition;
  return given({
    Action,
    Principal: principalOf(Principal),
    EventSourceToken: equals['lambda:EventSourceToken'],
    FunctionUrlAuthType: equals['lambda:FunctionUrlAuthType'],
    InvokedViaFunctionUrl: bool['lambda:InvokedViaFunctionUrl'],
    PrincipalOrgID: equals['aws:PrincipalOrgID'],
    SourceAccount: equals['AWS:SourceAccount'],
    SourceArn: like['AWS:SourceArn'],
  });
}

/** An account's root is written as the account was given, by its number. */
function principalOf(principal: Statement['Principal']): string | undefined {
  if (principal === '*') return principal;
  const [, account] = /^arn:aws:iam::(\d{12}):root$/.exec(principal.AWS ?? '') ?? [];
  return account ?? principal.AWS ?? principal.Service;
}
