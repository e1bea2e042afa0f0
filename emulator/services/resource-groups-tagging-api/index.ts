import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { defineService } from '../../service';
import { resourcesQuery } from './resources-query';
import { createState } from './state';
import { tagging } from './tagging';

export default defineService({
  client: ResourceGroupsTaggingAPI,
  createState,
  handlers: { ...resourcesQuery, ...tagging },
});
