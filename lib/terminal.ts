import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: results to one stream, news about long work to the other. */
export interface Terminal {
  /** A result: the only thing that a pipe sees. */
  print: (text?: string) => void;
  /** News while something takes its time; one line on a terminal, replaced by the next. */
  progress: (text: string) => void;
  /** A line that stays, beside the results: warnings and errors. */
  note: (text: string) => void;
  /** Colours a text for the results, if the learner's terminal takes colours. */
  paint: (style: Style, text: string) => string;
  colours: boolean;
  /** Letters a line of the results; 80 where nobody knows. */
  columns: number;
}

interface Stream {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write: (text: string) => unknown;
}

/** NO_COLOR and FORCE_COLOR decide; without them a terminal gets colours and a pipe does not. */
function takesColours(stream: Stream): boolean {
  if (process.env['NO_COLOR']) return false;
  if (process.env['FORCE_COLOR']) return process.env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}

export function createTerminal(results: Stream, news: Stream): Terminal {
  const colours = takesColours(results);
  const wipe = news.isTTY ? '\r\u001B[K' : '';
  let isOpen = false;
  const close = () => {
    if (isOpen) news.write(wipe);
    isOpen = false;
  };
  return {
    colours,
    columns: results.columns ?? (Number(process.env['COLUMNS']) || 80),
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
    print(text = '') {
      close();
      results.write(`${text}\n`);
    },
    progress(text) {
      close();
      isOpen = news.isTTY === true;
      news.write(isOpen ? text.slice(0, (news.columns ?? 80) - 1) : `${text}\n`);
    },
    note(text) {
      close();
      news.write(`${text}\n`);
    },
  };
}
