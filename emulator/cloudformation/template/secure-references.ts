import { dynamicReferencesIn } from './dynamic-references';
import { evaluate } from './evaluate';
import { type Model, nothingYet, scopeOf } from './model';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
const allowed = [
  'AWS::DirectoryService::MicrosoftAD/Properties/Password',
  'AWS::DirectoryService::SimpleAD/Properties/Password',
  'AWS::ElastiCache::ReplicationGroup/Properties/AuthToken',
  'AWS::IAM::User/Properties/LoginProfile/Password',
  'AWS::KinesisFirehose::DeliveryStream/Properties/RedshiftDestinationConfiguration/Password',
  'AWS::OpsWorks::App/Properties/AppSource/Password',
  'AWS::OpsWorks::Stack/Properties/CustomCookbooksSource/Password',
  'AWS::OpsWorks::Stack/Properties/RdsDbInstances',
  'AWS::RDS::DBCluster/Properties/MasterUserPassword',
  'AWS::RDS::DBInstance/Properties/MasterUserPassword',
  'AWS::Redshift::Cluster/Properties/MasterUserPassword',
];

/** Dynamic references in a model's resources, as far as they are known before a deployment. */
export function dynamicReferences(model: Model) {
  const scope = scopeOf(model, nothingYet);
  return [...model.resources.values()].flatMap(({ Type: type, Properties: properties = {} }) =>
    dynamicReferencesIn(evaluate(properties, scope)).map(({ service, key, path }) => ({
      service,
      key,
      place: [type, 'Properties', ...path].join('/'),
    })),
  );
}

/** Why the secure strings of a model cannot be where they are, if so. */
export function misplacedSecrets(references: ReturnType<typeof dynamicReferences>) {
  const places = references
    .filter(({ service, place }) => service === 'ssm-secure' && !allowed.includes(place))
    .map(({ place }) => place);
  if (places.length === 0) return undefined;
  return `SSM Secure reference is not supported in: [${places.join(',')}]`;
}
