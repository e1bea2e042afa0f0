export { compilePattern } from './compile';
export { snsGrammar } from './grammar';
export { matches } from './matches';
export { PatternError } from './pattern-error';
export { syntaxErrorOf } from './syntax-error';
