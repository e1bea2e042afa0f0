import { createTerminal } from './terminal';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;

beforeEach(() => {
  delete process.env['NO_COLOR'];
  delete process.env['FORCE_COLOR'];
  process.env['TERM'] = 'xterm-256color';
});

afterEach(() => {
  Object.assign(process.env, { NO_COLOR, FORCE_COLOR, TERM });
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) {
    if (process.env[name] === 'undefined') delete process.env[name];
  }
});

function open(isTTY: boolean) {
  const written = { results: '', news: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    columns: 20,
    write: (text: string) => (written[name] += text),
  });
  return { terminal: createTerminal(stream('results'), stream('news')), written };
}

test('a pipe gets no colours', () => {
  expect(open(false).terminal.paint('red', 'no')).toBe('no');
});

test('a terminal gets colours', () => {
  expect(open(true).terminal.paint('red', 'no')).toBe('\u001B[31mno\u001B[39m');
});

test('NO_COLOR takes the colours from a terminal', () => {
  process.env['NO_COLOR'] = '1';

  expect(open(true).terminal.paint('red', 'no')).toBe('no');
});

test('progress never reaches the results', () => {
  const { terminal, written } = open(false);
  terminal.progress('deploying');
  terminal.print('done');

  expect(written).toEqual({ results: 'done\n', news: 'deploying\n' });
});

test('on a terminal a line of progress is cut to its width and wiped by what follows', () => {
  const { terminal, written } = open(true);
  terminal.progress('a line that is much too long for it');
  terminal.print('done');

  expect(written.news).toBe('a line that is much\r\u001B[K');
});
