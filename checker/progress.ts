import type { Result } from './report/result';

/** News while a run is under way, for a terminal or a log. */
export type Progress =
  | { type: 'looking'; id: string; title: string }
  | { type: 'acting'; id: string; title: string; announce: string }
  | { type: 'waiting'; id: string; title: string; why: string }
  | { type: 'undoing'; id: string; title: string }
  | { type: 'done'; result: Result };

/** One line for people. */
export function progressText(news: Progress): string {
  switch (news.type) {
    case 'looking':
      return `looking: ${news.title}`;
    case 'acting':
      return `drill: ${news.announce}`;
    case 'waiting':
      return `waiting: ${news.why}`;
    case 'undoing':
      return `undoing what the drill did: ${news.title}`;
    case 'done':
      return `${news.result.verdict}: ${news.result.title}`;
  }
}
