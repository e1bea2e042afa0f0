/** What CloudFormation hands to a resource type's provider. */
export interface ProviderContext {
  logicalId: string;
  stackName: string;
  stackId: string;
  accountId: string;
  region: string;
  /** In-process SDK client by folder name, acting as the stack's role or its caller. */
  client: <C>(service: string) => C;
  /** A physical name as CloudFormation makes one: `stack-LogicalId-7GH2K1…`, cut to the length. */
  physicalName: (maxLength: number) => string;
  /** The stack's own tags with the three `aws:cloudformation:*` ones. */
  tags: Record<string, string>;
  /** Seeded ids, for a physical id that no service makes. */
  random: { hex(length: number): string; upper(length: number): string; uuid(): string };
  /** Waits simulated time; whoever asked for the deployment is answered meanwhile. */
  sleep?: (milliseconds: number) => Promise<void>;
}

/** A created or updated resource: what Ref and Fn::GetAtt answer. */
export interface Provided {
  physicalId: string;
  attributes?: Record<string, unknown>;
  /** The attributes are not to be shown (NoEcho of a custom resource). */
  isSecret?: boolean;
}

/** Properties as the template gives them, intrinsics resolved. */
export type Properties = Record<string, unknown>;

/**
 * One CloudFormation resource type. `update` is called when no create-only property changed;
 * a type without `update` is replaced on every change. `delete` of what is gone already succeeds.
 * Errors are AWS's own and become the stack event's reason.
 */
export interface ResourceProvider {
  /** Property paths that it honours: `A` whole, or `A.B`, through lists. */
  properties?: readonly string[];
  /** Those that are kept and shown, and change nothing else here. */
  stored?: readonly string[];
  /** Those of `properties` that tell CloudFormation what to do and are in no resource to be seen. */
  writeOnly?: readonly string[];
  /** Whether a change needs a new resource; `undefined` when it is as the type's schema says. */
  replaces?(change: { properties: Properties; previous: Properties }): boolean | undefined;
  create(properties: Properties, context: ProviderContext): Promise<Provided>;
  update?(
    physicalId: string,
    change: { properties: Properties; previous: Properties },
    context: ProviderContext,
  ): Promise<Provided>;
  delete(physicalId: string, properties: Properties, context: ProviderContext): Promise<void>;
  /**
   * What is there now, of a type that is part of another resource and so in no service's view;
   * `undefined` when it is gone.
   */
  read?(
    physicalId: string,
    properties: Properties,
    context: ProviderContext,
  ): Promise<Properties | undefined>;
}

/** The default export of a service's `resources.ts`: CloudFormation type → provider. */
export type ResourceProviders = Record<string, ResourceProvider>;
