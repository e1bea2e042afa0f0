import type { Report, Result } from './result';

/** The report as JUnit XML, which CI systems show: one suite a lab, one case a check. */
export function junitReport(report: Report): string {
  const { results } = report;
  const count = (...verdicts: Result['verdict'][]) =>
    results.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const counts = attributes({
    name: report.lab,
    tests: results.length,
    failures: count('fail', 'pending'),
    errors: count('inconclusive'),
    skipped: count('blocked', 'skipped', 'not gradable here'),
    time: results.reduce((sum, { seconds }) => sum + seconds, 0),
    timestamp: report.time.slice(0, 19),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite${counts}>`,
    `  <properties><property${attributes({ name: 'score', value: `${report.score.points}/${report.score.of}` })}/></properties>`,
    ...results.map((result) => caseOf(report, result)),
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

// --- internal ---

function caseOf({ lab }: Report, result: Result): string {
  const { id, title, kind, task, seconds } = result;
  const classname = [lab, kind, task && `task-${task}`].filter(Boolean).join('.');
  const head = `  <testcase${attributes({ classname, name: title, id, time: seconds })}`;
  const inside = insideOf(result);
  return inside === '' ? `${head}/>` : `${head}>${inside}</testcase>`;
}

const insideOf = (result: Result): string => insides[result.verdict](result);

const left = ({ why, verdict }: Result) => `<skipped${attributes({ message: why ?? verdict })}/>`;

const insides: Record<Result['verdict'], (result: Result) => string> = {
  pass: () => '',
  fail: ({ seen, wanted, where }) =>
    element('failure', seen, `seen: ${seen}\nwanted: ${wanted}\nwhere: ${where}`),
  pending: ({ why, eta }) => element('failure', why, [why, eta].filter(Boolean).join(' ')),
  inconclusive: ({ why }) => element('error', why, why),
  blocked: left,
  skipped: left,
  'not gradable here': left,
};

const element = (name: string, message = '', text = '') =>
  `<${name}${attributes({ message })}>${escaped(text)}</${name}>`;

const attributes = (values: Record<string, string | number>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

// Letters that XML 1.0 cannot hold at all.
// oxlint-disable-next-line no-control-regex -- they are what is removed
const unholdable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escaped = (text: string): string =>
  text
    .replace(unholdable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
