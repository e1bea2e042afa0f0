import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const emulator = join(__dirname, '../emulator');

const files = readdirSync(emulator, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(emulator, file), 'utf8') }));

/** Each `test(…)` or `test.each(…)(…)` of a file, up to the next. */
const testsIn = (text: string): string[] => text.split(/^(?=\s*test(?:\.each)?\()/m).slice(1);

/** Expects a refusal with some literal words. */
const quotesAnError = (test: string): boolean =>
  /\.rejects\b/.test(test) && /\bmessage: (?:['"`]|expect\.)|\.toThrow\(\s*['"`/]/.test(test);

const saysWhereFrom = (test: string): boolean =>
  /['"`][^\n]*(?:\(.*(?:unverified|FACTS [A-Z]\d|LocalStack|moto|https:\/\/).*\)|\$source)[^\n]*['"`],/.test(
    test,
  );

const firstLine = (test: string): string => test.trim().split('\n', 1)[0] ?? '';

/** Faults, the control API and the runtime speak in words of our own. */
const isOurs = (file: string): boolean => /^(control|faults|runtime)\//.test(file);

test.each(files.filter(({ file }) => !isOurs(file)))(
  '$file says in the title of a test where the words of an error are from',
  ({ text }) => {
    const silent = testsIn(text).filter((test) => quotesAnError(test) && !saysWhereFrom(test));
    expect(silent.map(firstLine)).toEqual([]);
  },
);
