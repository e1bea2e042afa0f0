import type { Mutant } from '../../checker/mutant';
import { closing } from './mutants/closing';
import { finding } from './mutants/finding';
import type SolutionStack from './solution/stack';

export { refused } from './mutants/refused';

export const mutants: Mutant<SolutionStack>[] = [...finding, ...closing];
