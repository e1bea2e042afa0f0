import type { Architecture, Runtime } from '@aws-sdk/client-lambda';
import { number, object, required, text, texts } from '../../../cloudformation/properties';
import type { ResourceProvider } from '../../../cloudformation/provider';
import { given, lambdaOf, orGone } from './lambda-of';

/** AWS::Lambda::LayerVersion; Ref answers its ARN. */
export const layerVersion: ResourceProvider = {
  properties: [
    'CompatibleArchitectures',
    'CompatibleRuntimes',
    'Content.S3Bucket',
    'Content.S3Key',
    'Content.S3ObjectVersion',
    'Description',
    'LayerName',
    'LicenseInfo',
  ],
  writeOnly: ['Content'],

  async create(properties, context) {
    const content = object(properties, 'Content') ?? {};
    const { LayerVersionArn = '' } = await lambdaOf(context).publishLayerVersion(
      given({
        LayerName: text(properties, 'LayerName') ?? context.physicalName(140),
        Content: given({
          S3Bucket: required(content, 'S3Bucket'),
          S3Key: required(content, 'S3Key'),
          S3ObjectVersion: text(content, 'S3ObjectVersion'),
        }),
        Description: text(properties, 'Description'),
        LicenseInfo: text(properties, 'LicenseInfo'),
        CompatibleRuntimes: texts(properties, 'CompatibleRuntimes') as Runtime[] | undefined,
        CompatibleArchitectures: texts(properties, 'CompatibleArchitectures') as
          Architecture[] | undefined,
      }),
    );
    return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
  },

  async delete(arn, _properties, context) {
    const parts = arn.split(':');
    await lambdaOf(context).deleteLayerVersion({
      LayerName: parts.slice(0, 7).join(':'),
      VersionNumber: number({ version: parts[7] }, 'version'),
    });
  },

  async read(arn, _properties, context) {
    const found = await orGone(lambdaOf(context).getLayerVersionByArn({ Arn: arn }));
    return (
      found && {
        LayerName: arn.split(':')[6],
        Description: found.Description,
        LicenseInfo: found.LicenseInfo,
        CompatibleRuntimes: found.CompatibleRuntimes,
        CompatibleArchitectures: found.CompatibleArchitectures,
      }
    );
  },
};
