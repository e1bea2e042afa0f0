import { world, world6 } from '../scene/ingress';
import { groupIds } from './found';
import { openingDrill } from './opening';

const needs = [
  'roleIsTrustedBySsmOnly',
  'sshRuleEvaluatesBothGroups',
  'groupComesFromTheFinding',
  'eventBridgeMayPublish',
];

const hints = [
  'Look at the first link that is missing: finding, automation, new finding, alert. The report names it.',
  'In Config, the rule, the group: Remediation status shows the execution and the step that failed. Systems Manager, Automation has the step in full; EventBridge, the rule, Monitoring shows deliveries that failed.',
  'Let the automation do by hand what the remediation should do: start it with the id of the group and your role. What fails there fails in the remediation too; mend the role or the document until the group is closed.',
];

export const openSshIsClosedAndTold = openingDrill(
  {
    title: 'SSH opened to the world is closed by the automation, and an alert arrives',
    points: 8,
    group: (account) => groupIds(account).inDefaultVpc,
    where: 'the default VPC',
    range: world,
  },
  {
    needs,
    hints,
    objective: 'See the whole loop run: change, finding, automation, new finding, alert.',
  },
);

export const openSshOnIpv6IsClosedAndTold = openingDrill(
  {
    title: 'SSH opened to the world on IPv6 is closed by the automation, and an alert arrives',
    points: 6,
    group: (account) => groupIds(account).inDefaultVpc,
    where: 'the default VPC',
    range: world6,
  },
  {
    needs: [...needs, 'openSshIsClosedAndTold'],
    hints,
    objective: 'Remember that the world has two addresses: 0.0.0.0/0 and ::/0.',
  },
);

export const openSshInTheOtherVpcIsClosedAndTold = openingDrill(
  {
    title: 'SSH opened in the other VPC is closed by the automation, and an alert arrives',
    points: 8,
    group: (account) => groupIds(account).inOtherVpc,
    where: 'the VPC of its own',
    range: world,
  },
  {
    task: 'e',
    needs: [...needs, 'noExceptionIsLeft'],
    objective: 'Prove that a runbook works where revoking what is not there is an error.',
  },
);
