import type { ResourceProviders } from '../../cloudformation/provider';
import { alias } from './resources/alias';
import { eventInvokeConfig } from './resources/event-invoke-config';
import { eventSourceMapping } from './resources/event-source-mapping';
import { lambdaFunction } from './resources/function';
import { layerVersion } from './resources/layer-version';
import { permission } from './resources/permission';
import { url } from './resources/url';
import { version } from './resources/version';

export default {
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::Url': url,
  'AWS::Lambda::Version': version,
} satisfies ResourceProviders;
