import { asText } from '../../../cloudformation/as-text';
import { required, text } from '../../../cloudformation/properties';
import type { ResourceProvider } from '../../../cloudformation/provider';
import { ifThere, logsOf, unlessGone } from './logs-of';

/** AWS::Logs::LogStream */
export const logStream: ResourceProvider = {
  properties: ['LogGroupName', 'LogStreamName'],

  async create(properties, context) {
    const logStreamName = text(properties, 'LogStreamName') ?? context.physicalName(512);
    await logsOf(context).createLogStream({
      logGroupName: required(properties, 'LogGroupName'),
      logStreamName,
    });
    return { physicalId: logStreamName };
  },

  async delete(logStreamName, properties, context) {
    const logGroupName = required(properties, 'LogGroupName');
    await unlessGone(logsOf(context).deleteLogStream({ logGroupName, logStreamName }));
  },

  async read(logStreamName, properties, context) {
    const logGroupName = asText(properties['LogGroupName']);
    const found = await ifThere(
      logsOf(context).describeLogStreams({ logGroupName, logStreamNamePrefix: logStreamName }),
    );
    const isThere = found?.logStreams?.some((stream) => stream.logStreamName === logStreamName);
    return isThere ? { LogGroupName: logGroupName, LogStreamName: logStreamName } : undefined;
  },
};
