export type { Operation, ServiceModel, Wire, WireRequest, WireResponse } from './types';
export { modelOf } from './model';
export { wireFor } from './wire';
