import { serveRequestAuthorizer } from '#shared/aws/serve-request-authorizer.ts';
import { findApiKey } from '#shared/organizations/api-key.ts';

/** Who is behind the `Authorization` header of a REST request. */
export const handler = serveRequestAuthorizer((secret, from) =>
  findApiKey(from.table, secret, from.now()),
);
