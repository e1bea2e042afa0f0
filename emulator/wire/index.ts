export type { Operation, ServiceModel, Wire, WireRequest, WireResponse } from './types';
export { modelOf } from './model';
export { hasOwnPackage, packageOf } from './package';
export { wireFor } from './wire';
