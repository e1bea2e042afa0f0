import { firstToMend } from './next';
import { looks } from './paint';
import type { Report, Result } from './result';
import { closingWord } from './closing-word';

/** The report as Markdown, for a pull request or a job's summary. */
export function markdownReport(report: Report): string {
  const { lab, score, target, region, time, problem } = report;
  const first = firstToMend(report);
  return [
    `## ${lab}: ${score.points}/${score.of}, ${closingWord(report)}`,
    '',
    `Graded on ${target} in ${region}, ${time}.`,
    ...(problem ? ['', `**${escaped(problem)}**`] : []),
    ...(first ? ['', ...firstLines(first)] : []),
    '',
    '| task | check | verdict | points |',
    '| ---- | ----- | ------- | ------ |',
    ...report.results.map(row),
    '',
  ].join('\n');
}

// --- internal ---

function firstLines({ title, seen, wanted, where, why }: Result): string[] {
  const told = Object.entries({ seen, wanted, where, why });
  return [
    `**Mend first: ${escaped(title)}**`,
    '',
    ...told.flatMap(([label, text]) => (text ? `- ${label}: ${escaped(text)}` : [])),
  ];
}

function row({ task, title, verdict, kind, points }: Result): string {
  const won = verdict === 'pass' ? points : 0;
  const { mark, word } = looks[verdict];
  const cells = [
    task ?? kind,
    title,
    `${mark} ${word}`,
    kind === 'guard' ? 'guard' : `${won}/${points}`,
  ];
  return `| ${cells.map(escaped).join(' | ')} |`;
}

const escaped = (text: string): string =>
  text.replaceAll('\n', ' ').replaceAll(/[|<>*_`[\]\\]/g, '\\$&');
