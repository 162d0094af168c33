import { restHandler } from '#shared/aws/serve-endpoint.ts';
import { unknownPath } from '#shared/http/not-found.ts';

/** Everything the REST API has no route for. */
export const handler = restHandler('unknownPath', ({ path }, _event, requestId) =>
  unknownPath({ instance: path, requestId }),
);
