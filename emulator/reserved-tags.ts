/** Keys in AWS's own name space, which users neither write nor remove. */
export const isSystemTag = (key: string): boolean => key.startsWith('aws:');

/**
 * System keys that nobody may write. CloudFormation puts its three tags on a resource with the
 * rights of the stack's role or caller, so its own keys are let through, and so is the one by which Auto Scaling marks its instances.
 */
export const isRefusedTag = (key: string): boolean =>
  isSystemTag(key) && !key.startsWith('aws:cloudformation:') && key !== 'aws:autoscaling:groupName';
