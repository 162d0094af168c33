import { serveOauth } from '#shared/aws/serve-oauth.ts';

/** The authorization server: everything under /oauth2/ and /.well-known/. */
export const handler = serveOauth();
