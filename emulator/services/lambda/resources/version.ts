import { awsError } from '../../../errors';
import { ignoring, required, text } from '../../../cloudformation/properties';
import type { ResourceProvider } from '../../../cloudformation/provider';
import { given, gone, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::Version; Ref answers the ARN with the number. Nothing new to publish is a failure. */
export const version: ResourceProvider = {
  properties: ['CodeSha256', 'Description', 'FunctionName'],
  writeOnly: ['CodeSha256'],

  async create(properties, context) {
    const lambda = lambdaOf(context);
    const FunctionName = required(properties, 'FunctionName');
    const { Versions: before = [] } = await lambda.listVersionsByFunction({ FunctionName });
    const made = await lambda.publishVersion(
      given({
        FunctionName,
        CodeSha256: text(properties, 'CodeSha256'),
        Description: text(properties, 'Description'),
      }),
    );
    if (before.some(({ Version: known }) => known === made.Version))
      throw awsError(
        'AlreadyExists',
        `A version for this Lambda function exists ( ${made.Version} ). Modify the function to create a new version.`,
      );
    const FunctionArn = made.FunctionArn ?? '';
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version: made.Version } };
  },

  async delete(arn, _properties, context) {
    await ignoring(gone, lambdaOf(context).deleteFunction({ FunctionName: arn }));
  },

  async read(arn, properties, context) {
    const found = await orGone(lambdaOf(context).getFunctionConfiguration({ FunctionName: arn }));
    return (
      found && {
        FunctionName: properties['FunctionName'],
        Description: found.Description,
      }
    );
  },
};
