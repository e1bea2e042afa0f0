import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import type { CloudFormationState } from '../../cloudformation/state';
import type { Handlers, Requirements } from '../../service';

export { createState } from '../../cloudformation/state';

export type CloudFormationCall = Call<CloudFormationState>;
export type CloudFormationHandlers = Handlers<CloudFormation, CloudFormationState>;
export type CloudFormationRequirements = Requirements<CloudFormation, CloudFormationState>;
