import type { Account } from '../../../../checker/account';

interface Given {
  name: string;
  service: string;
  statements: { Action: string[]; Resource: string | string[]; Condition?: object }[];
}

/** A role for a service, with one policy; answers its ARN. */
export async function makeRole({ iam }: Account, { name, service, statements }: Given) {
  const policy = (statement: object[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statement.map((each) => ({ Effect: 'Allow', ...each })),
    });
  const { Role } = await iam.createRole({
    RoleName: name,
    AssumeRolePolicyDocument: policy([
      { Principal: { Service: service }, Action: 'sts:AssumeRole' },
    ]),
  });
  await iam.putRolePolicy({
    RoleName: name,
    PolicyName: 'own',
    PolicyDocument: policy(statements),
  });
  return Role?.Arn ?? '';
}
