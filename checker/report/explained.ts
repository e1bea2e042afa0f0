import type { Result } from './result';

/** What a verdict rests on: the deciding value, then each call with its time and answer. */
export function evidenceLines({ proof, evidence, seconds }: Result): string[] {
  // The same fact, asked for twice by one check, is one line.
  const facts = new Map(evidence.map((each) => [each.order, each]));
  const calls = [...facts.values()].map(
    ({ time, call, parameters, answer }) =>
      `      call    ${time} ${call} ${short(parameters)} → ${answer}`,
  );
  const took = seconds > 0 ? [`      took    ${seconds} s on the account's clock`] : [];
  if (!proof) return [...calls, ...took];
  return [
    `      proof   ${proof.call} ${proof.path}`,
    `      of      ${proof.resource}`,
    `      expect  ${short(proof.expected)}`,
    `      actual  ${short(proof.actual)}`,
    ...calls,
    ...took,
  ];
}

// --- internal ---

const longest = 200;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
