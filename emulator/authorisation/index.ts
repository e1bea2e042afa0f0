export { accessDenied } from './access-denied';
export { contextKeysOf, uniqueKeys } from './context-keys';
export { contextOf, type GivenContext } from './context';
export { evaluate, type Evaluation, type Match } from './evaluate';
export { malformedPolicy, type PolicyKind } from './malformed-policy';
