import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from './changes/change';
import type { ResourceProvider, ResourceProviders } from './cloudformation/provider';
import { refusingProviders } from './cloudformation/refuse-properties';
import type { AnyService } from './service';
import { modelOf, type ServiceModel, type Wire, wireFor } from './wire';

/** What `service.json` says: enough to route a request without loading the service. */
export interface ServiceCard {
  /** Folder name. */
  name: string;
  signingName: string;
  target?: string;
  cloudformation: string[];
  iam: string;
  arn: string;
  /** The kinds of changes that its `onChange` wants: `true` in the file stands for all. */
  listens: Change['kind'][];
  /** The sources of events that its `onEvent` wants, `aws.codepipeline`. */
  hears: string[];
  /** Wants to hear of every management call. */
  audits: boolean;
  /** First parts of paths that it answers itself. */
  paths: string[];
}

/** A service with its model and wire, loaded on first use. */
export interface LoadedService {
  card: ServiceCard;
  definition: AnyService;
  model: ServiceModel;
  wire: Wire;
}

const folder = join(__dirname, 'services');

/** The services that lie in the folder `services/`; nothing else names them. */
export class Services {
  readonly cards: ServiceCard[] = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'service.json')))
    .map(readCard);
  private readonly loaded = new Map<string, LoadedService>();
  private readonly providers = new Map<string, ResourceProviders>();

  load(name: string): LoadedService | undefined {
    const known = this.loaded.get(name);
    const card = this.cards.find((candidate) => candidate.name === name);
    if (known || !card) return known;
    const { default: definition } = require(join(folder, name)) as { default: AnyService };
    const model = modelOf(name);
    const service = { card, definition, model, wire: wireFor(model) };
    this.loaded.set(name, service);
    return service;
  }

  bySigningName(signingName: string): ServiceCard | undefined {
    return this.cards.find((card) => card.signingName === signingName);
  }

  /** By the prefix of `X-Amz-Target`. */
  byTarget(target: string): ServiceCard | undefined {
    return this.cards.find((card) => card.target === target);
  }

  /** By the service part of an ARN. */
  byArnService(arn: string): ServiceCard | undefined {
    return this.cards.find((card) => card.arn === arn);
  }

  /** By the beginning of a path that a service has handed out. */
  byPath(path: string): ServiceCard | undefined {
    return this.cards.find(({ paths }) => paths.some((prefix) => path.startsWith(prefix)));
  }

  /** The provider of a CloudFormation type such as `AWS::SSM::Document`. */
  providerOf(type: string): ResourceProvider | undefined {
    const prefix = type.split('::').slice(0, 2).join('::');
    const card = this.cards.find((candidate) => candidate.cloudformation.includes(prefix));
    return card && this.providersOf(card.name)[type];
  }

  /** Every CloudFormation type that some service provides. */
  resourceTypes(): string[] {
    return this.cards.flatMap((card) => Object.keys(this.providersOf(card.name))).toSorted();
  }

  private providersOf(name: string): ResourceProviders {
    const known = this.providers.get(name);
    if (known) return known;
    const file = join(folder, name, 'resources.ts');
    const found = existsSync(file) ? (require(file) as { default: ResourceProviders }).default : {};
    const refusing = refusingProviders(found);
    this.providers.set(name, refusing);
    return refusing;
  }
}

type CardFile = Partial<Omit<ServiceCard, 'listens'>> & {
  signingName: string;
  listens?: ServiceCard['listens'] | boolean;
};

const everyKind: ServiceCard['listens'] = ['CREATE', 'UPDATE', 'DELETE', 'CONTENT'];

function kindsOf(listens: CardFile['listens'] = false): ServiceCard['listens'] {
  if (typeof listens !== 'boolean') return listens;
  return listens ? everyKind : [];
}

function readCard(name: string): ServiceCard {
  const card = JSON.parse(readFileSync(join(folder, name, 'service.json'), 'utf8')) as CardFile;
  return {
    name,
    signingName: card.signingName,
    ...(card.target === undefined ? {} : { target: card.target }),
    cloudformation: card.cloudformation ?? [],
    iam: card.iam ?? card.signingName,
    arn: card.arn ?? card.signingName,
    listens: kindsOf(card.listens),
    hears: card.hears ?? [],
    audits: card.audits ?? false,
    paths: card.paths ?? [],
  };
}
