import type { Visitor } from '../../steps/receive';
import type { WireRequest, WireResponse } from '../../wire';
import { fetchCode } from './code-location';
import type { LambdaCall } from './state';
import { serveUrl } from './url-requests';
import { urlPrefix } from './urls';

/** Answers the addresses that Lambda hands out: function URLs and packages. */
export const receive = (
  request: WireRequest,
  call: LambdaCall,
  visitor: Visitor,
): WireResponse | Promise<WireResponse> =>
  request.path.startsWith(urlPrefix) ? serveUrl(request, call, visitor) : fetchCode(request, call);
