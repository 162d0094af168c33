import { serveRequestAuthorizer } from '#shared/aws/serve-request-authorizer.ts';
import { identifyApiKey } from '#shared/organizations/identify-api-key.ts';

/** Who is behind the `Authorization` header of a REST request. */
export const handler = serveRequestAuthorizer(identifyApiKey);
