import { validationError } from '../../cloudformation/errors';
import { checkModel } from '../../cloudformation/template/check';
import { type Model, refused } from '../../cloudformation/template/model';
import {
  dynamicReferences,
  misplacedSecrets,
} from '../../cloudformation/template/secure-references';
import { AwsError } from '../../errors';
import type { Caller } from '../../principal';
import { modelOf, type Surroundings } from './environment';
import { lookUpParameters } from './parameter-facts';
import { existingParameters, fetchParameters } from './parameter-store';
import type { CloudFormationCall } from './state';

/**
 * A model that was found in order. What CloudFormation tells only as the reason of a change set or
 * of a rollback is the model's refusal: parameters that name nothing, and all that is wrong with a
 * template after its transform.
 */
export async function checkedModel(
  call: CloudFormationCall,
  surroundings: Omit<Surroundings, 'facts'>,
): Promise<Model> {
  const { caller, template, settings } = surroundings;
  const { parameters } = settings;
  const { facts, refusal } = await lookUpParameters(call, caller, { template, parameters });
  const model = await modelOf(call, { ...surroundings, facts });
  if (model.refusal !== undefined) return model;
  try {
    checkModel(model);
    const reason = refusal ?? (await checkReferences(call, caller, model));
    return reason === undefined ? model : refused(model, reason);
  } catch (error) {
    if (template.Transform.length === 0 || !(error instanceof AwsError)) throw error;
    return refused(model, error.message);
  }
}

/** Refuses dynamic references to nothing; answers why secure strings cannot be where they are. */
async function checkReferences(call: CloudFormationCall, caller: Caller, model: Model) {
  const references = dynamicReferences(model);
  const keysOf = (wanted: string) =>
    references.filter(({ service }) => service === wanted).map(({ key }) => key);
  const plain = await fetchParameters(call, caller, keysOf('ssm'));
  const secure = await existingParameters(call, caller, keysOf('ssm-secure'));
  const missing = [
    ...keysOf('ssm')
      .filter((key) => !plain.has(key))
      .map((key) => `ssm:${key}`),
    ...keysOf('ssm-secure')
      .filter((key) => !secure.has(key))
      .map((key) => `ssm-secure:${key}`),
  ];
  if (missing.length > 0) {
    throw validationError(`Parameters: [${[...new Set(missing)].join(', ')}] cannot be found.`);
  }
  return misplacedSecrets(references);
}
