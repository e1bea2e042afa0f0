import type { Terminal } from '../../../lib/terminal';
import { type Board, boardText } from './board';

/** Shows a board again whenever it has changed: in place on a terminal, one after the other in a pipe. */
export function createScreen({ colours, columns, print }: Terminal): (board: Board) => void {
  const clear = process.stdout.isTTY ? '\u001B[H\u001B[2J\u001B[3J' : '';
  let last = '';
  return (board) => {
    if (clear === '' && isPassing(board)) return;
    const width = (process.stdout.isTTY && process.stdout.columns) || columns;
    const text = boardText(board, { colours, columns: width });
    // Another look that saw the same is no news.
    const news = clear === '' ? text.replaceAll(/\d\d:\d\d:\d\d[.\dZ]*/g, '') : text;
    if (news === last) return;
    last = news;
    print(`${clear}${text}${clear === '' ? '\n' : ''}`);
  };
}

/** In a pipe, where nothing is overwritten, only what a drill does is worth a picture of its own. */
const isPassing = ({ busy }: Board): boolean => busy !== undefined && !busy.startsWith('drill:');
