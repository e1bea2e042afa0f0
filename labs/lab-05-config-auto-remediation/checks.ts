export * from './checks/role';
export * from './checks/rule';
export * from './checks/remediation';
export * from './checks/alert';
export * from './checks/drill';
export * from './checks/guards';
