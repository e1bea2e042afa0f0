import type { Report } from './result';

/** The whole report for other programs, evidence included; read `version` first. */
export const jsonReport = (report: Report): string => JSON.stringify(report, null, 2);
