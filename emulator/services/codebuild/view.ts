import type { Resource } from '../../changes/resource';
import { toProperties } from './properties';
import type { CodeBuildCall } from './state';

export const view = ({ state }: CodeBuildCall): Resource[] => [
  ...[...state.projects.values()].map((project) => ({
    arn: project.info.arn,
    type: 'AWS::CodeBuild::Project',
    id: project.info.name,
    name: project.info.name,
    tags: project.tags,
    configuration: toProperties(project),
  })),
  ...[...state.groups.values()].map((group) => ({
    arn: group.arn,
    type: 'AWS::CodeBuild::ReportGroup',
    id: group.arn,
    name: group.name,
    tags: Object.fromEntries((group.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
    configuration: {
      Name: group.name,
      Type: group.type,
      ExportConfig: { ExportConfigType: group.exportConfig?.exportConfigType },
    },
  })),
];
