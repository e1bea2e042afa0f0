import type {
  Build,
  BuildPhaseType,
  CodeBuild,
  EnvironmentVariable,
  PhaseContext,
  Project,
  ProjectArtifacts,
  Report,
  ReportGroup,
  StatusType,
  TestCase,
} from '@aws-sdk/client-codebuild';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** A project as the API shows it; its tags are kept as a record. */
export interface StoredProject {
  info: Omit<Project, 'tags'> & { name: string; arn: string; serviceRole: string };
  tags: Record<string, string>;
  builds: number;
}

export interface StoredBuild {
  info: Build & { id: string; arn: string; phases: NonNullable<Build['phases']> };
  /** Where its artifacts are to go. */
  targets: { primary: ProjectArtifacts | undefined; secondary: ProjectArtifacts[] };
  variables: EnvironmentVariable[];
}

interface StoredReport {
  info: Report & { arn: string };
  cases: TestCase[];
}

export interface CodeBuildState {
  projects: Map<string, StoredProject>;
  /** By id, oldest first. */
  builds: Map<string, StoredBuild>;
  groups: Map<string, ReportGroup & { arn: string; name: string }>;
  reports: Map<string, StoredReport>;
}

export const createState = (): CodeBuildState => ({
  projects: new Map(),
  builds: new Map(),
  groups: new Map(),
  reports: new Map(),
});

export type CodeBuildHandlers = Handlers<CodeBuild, CodeBuildState>;
export type CodeBuildCall = Call<CodeBuildState>;

/** How one phase ended. */
export interface PhaseEnd {
  status: StatusType;
  context?: PhaseContext;
}

export type Phase = BuildPhaseType;
