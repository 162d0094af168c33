import { runtime } from '#shared/aws/runtime.ts';
import { restHandler } from '#shared/aws/serve-endpoint.ts';
import { isPreflight, preflight } from '#shared/http/cors.ts';
import { unknownPath } from '#shared/http/not-found.ts';

/** Everything the REST API has no route for, and what browsers ask before they call what it has. */
export const handler = restHandler('unknownPath', (request, _event, requestId) =>
  isPreflight(request)
    ? preflight(runtime(), request)
    : unknownPath({ instance: request.path, requestId }),
);
