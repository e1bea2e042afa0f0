import type { LaunchData } from '../instances/instance';

export interface TemplateVersion {
  number: number;
  description?: string;
  createdAt: Date;
  createdBy: string;
  data: LaunchData;
}

export interface LaunchTemplate {
  id: string;
  createdAt: Date;
  createdBy: string;
  name: string;
  defaultVersion: number;
  /** Of the newest version that ever was: no number is given twice. */
  lastNumber: number;
  versions: TemplateVersion[];
}
