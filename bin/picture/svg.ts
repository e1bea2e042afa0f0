import type { Moment } from './shift';

const width = 720;
const height = 260;
const left = 56;
const bottom = height - 40;
const top = 44;
const last = 7 * 60;

const x = (seconds: number): number => Math.round(left + (seconds / last) * (width - left - 56));
const y = (share: number): number => Math.round(bottom - share * (bottom - top));

/** The share of the new version as a stepped line, the errors as bars. */
export function drawing(title: string, moments: Moment[]): string {
  const most = Math.max(5, ...moments.map(({ errors }) => errors));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left}" y="20" font-size="14" fill="#1f2328">${title}</text>`,
    ...[0, 0.1, 0.5, 1].map(
      (share) =>
        `<path d="M${left} ${y(share)}H${width - 56}" stroke="#d0d7de"/><text x="${left - 8}" y="${y(share) + 4}" text-anchor="end" fill="#0969da">${share * 100} %</text>`,
    ),
    ...Array.from(
      { length: 8 },
      (_, minute) =>
        `<text x="${x(minute * 60)}" y="${bottom + 18}" text-anchor="middle" fill="#59636e">${minute} min</text>`,
    ),
    ...moments.map(({ seconds, errors }) => bar(seconds, errors / most)),
    `<path d="${line(moments)}" fill="none" stroke="#0969da" stroke-width="2.5"/>`,
    `<text x="${width - 48}" y="${y(1) + 4}" fill="#cf222e">${most}</text>`,
    `<text x="${width - 56}" y="20" text-anchor="end"><tspan fill="#0969da">share of the new version</tspan>  <tspan fill="#cf222e">failed orders in 15 s</tspan></text>`,
    '</svg>',
    '',
  ].join('\n');
}

const bar = (seconds: number, part: number): string =>
  part === 0
    ? ''
    : `<rect x="${x(seconds) + 1}" y="${y(part)}" width="9" height="${bottom - y(part)}" fill="#cf222e" opacity="0.7"/>`;

const line = ([first, ...others]: Moment[]): string =>
  [
    `M${x(first?.seconds ?? 0)} ${y(first?.weight ?? 0)}`,
    ...others.map(({ seconds, weight }) => `H${x(seconds)}V${y(weight)}`),
  ].join('');
