import type { SSM } from '@aws-sdk/client-ssm';
import { parseArn } from '../../../arn';
import { parseObject } from '../../../json';
import { hasOwnInput, type TargetKind } from './kind';

/**
 * A runbook, `arn:aws:ssm:…:automation-definition/Name:$DEFAULT`; the input holds its parameters,
 * each a list of texts.
 */
export const automation: TargetKind = {
  service: 'ssm',
  needsRole: true,
  async send({ target, input }, caller, call) {
    const { region = call.region, resource = '' } = parseArn(target.Arn ?? '') ?? {};
    const { name, version } =
      /^automation-definition\/(?<name>[^:]*)(?::(?<version>.*))?$/.exec(resource)?.groups ?? {};
    const parameters = hasOwnInput(target) ? parseObject(input) : {};
    await call.client<SSM>('ssm', { ...caller, region }).startAutomationExecution({
      DocumentName: name,
      DocumentVersion: version ?? '$DEFAULT',
      Parameters: parameters as Record<string, string[]>,
    });
  },
};
