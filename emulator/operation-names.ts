const reads = /^(Get|List|Describe|Head|Test|Simulate|BatchGet|Lookup)/;

/** Whether an operation only reads, by its name; every other one may change its service's state. */
export const isRead = (operation: string): boolean => reads.test(operation);
