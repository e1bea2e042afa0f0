export { compilePattern, type Pattern } from './compile';
export { snsGrammar } from './grammar';
export { matches } from './matches';
export { PatternError } from './pattern-error';
