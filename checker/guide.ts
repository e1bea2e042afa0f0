/** The exam guide's domains with their weights in percent of the scored content. */
export const domains: Record<number, { name: string; weight: number }> = {
  1: { name: 'SDLC Automation', weight: 22 },
  2: { name: 'Configuration Management and IaC', weight: 17 },
  3: { name: 'Resilient Cloud Solutions', weight: 15 },
  4: { name: 'Monitoring and Logging', weight: 15 },
  5: { name: 'Incident and Event Response', weight: 14 },
  6: { name: 'Security and Compliance', weight: 17 },
};

/** Its task statements, in short. */
export const statements: Record<string, string> = {
  '1.1': 'Build CI/CD pipelines',
  '1.2': 'Put automated tests into pipelines',
  '1.3': 'Produce and manage artifacts',
  '1.4': 'Choose deployment strategies',
  '2.1': 'Reusable infrastructure as code',
  '2.2': 'Automate accounts and guardrails',
  '2.3': 'Automate complex, large-scale tasks',
  '3.1': 'High availability',
  '3.2': 'Scalable designs',
  '3.3': 'Automated recovery to RTO and RPO',
  '4.1': 'Collect, aggregate and store logs and metrics',
  '4.2': 'Audit and analyse to detect issues',
  '4.3': 'Automate monitoring and events',
  '5.1': 'Manage event sources',
  '5.2': 'Change configuration in response to events',
  '5.3': 'Troubleshoot failures',
  '6.1': 'IAM at scale',
  '6.2': 'Automate controls and data protection',
  '6.3': 'Security monitoring and audit',
};
