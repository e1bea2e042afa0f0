export { actionFacts } from './actions';
export { accessDenied } from './access-denied';
export { contextKeysOf, uniqueKeys } from './context-keys';
export { contextOf, type GivenContext } from './context';
export { decodeFailure } from './failure-message';
export {
  type AccessRequest,
  evaluate,
  type Evaluation,
  type Match,
  type Policies,
} from './evaluate';
export { malformedPolicy, type PolicyKind } from './malformed-policy';
