export type { Operation, ServiceModel, Wire, WireRequest, WireResponse } from './types';
export { modelOf } from './model';
export { hasOwnModel, packageOf } from './package';
export { wireFor } from './wire';
