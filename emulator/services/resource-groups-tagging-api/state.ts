import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { InvalidParameterException } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** The tagging API keeps nothing: it reads what the other services show. */
export type TaggingState = Record<string, never>;
export type TaggingCall = Call<TaggingState>;
export type TaggingHandlers = Handlers<ResourceGroupsTaggingAPI, TaggingState>;

export const createState = (): TaggingState => ({});

/** The API's one complaint about a request. */
export const invalidParameter = (message: string) =>
  new InvalidParameterException({ message, $metadata: {} });
