import { serveRequestAuthorizer } from '#shared/aws/serve-request-authorizer.ts';
import { identifyBearer } from '#shared/oauth/identify-bearer.ts';

/** Who is behind the `Authorization` header of a REST request: an API key, or an access token. */
export const handler = serveRequestAuthorizer(identifyBearer);
