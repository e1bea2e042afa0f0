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
    const { region, resource } = parseArn(target.Arn ?? '') ?? {
      region: call.region,
      resource: '',
    };
    const [, name, version = '$DEFAULT'] = resource.split(/[/:]/);
    const parameters = hasOwnInput(target) ? parseObject(input) : {};
    await call.client<SSM>('ssm', { ...caller, region }).startAutomationExecution({
      DocumentName: name,
      DocumentVersion: version,
      Parameters: parameters as Record<string, string[]>,
    });
  },
};
