import { runtime } from '#shared/aws/runtime.ts';
import { restHandler } from '#shared/aws/serve-endpoint.ts';
import { isPreflight, preflight } from '#shared/http/cors.ts';
import { unknownMethod, unknownPath } from '#shared/http/not-found.ts';
import { methodsOf } from '#shared/http/openapi/methods.ts';

/** What the REST API has no route for, or with other methods only, and what browsers ask before a call. */
export const handler = restHandler('unknownPath', async (request, { resource }, requestId) => {
  if (isPreflight(request)) return preflight(runtime(), request);
  const methods = await methodsOf(resource);
  const occurrence = { instance: request.path, requestId };
  return methods ? unknownMethod(methods, occurrence) : unknownPath(occurrence);
});
