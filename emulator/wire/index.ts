export type { Operation, ServiceModel, Wire, WireRequest, WireResponse } from './types';
