import * as z from 'zod';
import { type OauthClient, OauthClientType } from '#shared/oauth-clients/oauth-client.ts';

/** A client as the API shows it: of its secrets, how they begin. */
export const OauthClientView = z
  .object({
    id: z.string().meta({
      description: 'The `client_id`.',
      example: 'oac_01JWA3M7Q4V0T9E6C2X8N5B1RD',
    }),
    type: OauthClientType,
    confidential: z.boolean().meta({ description: 'Whether it has a secret.' }),
    name: z.string(),
    scopes: z.array(z.string()).meta({ description: 'The most its tokens may.' }),
    site_ids: z.array(z.string()).nullable().meta({
      description: 'The sites it is restricted to; null for all.',
    }),
    redirect_uris: z.array(z.string()),
    post_logout_redirect_uris: z.array(z.string()),
    allowed_origins: z.array(z.string()),
    access_token_seconds: z.int(),
    secrets: z
      .array(
        z.object({
          prefix: z.string().meta({ description: 'Its first characters, to recognise it by.' }),
          created_at: z.iso.datetime(),
          expires_at: z.iso.datetime().nullable().meta({
            description: 'From then on it is none; null for the present one.',
          }),
        }),
      )
      .meta({ description: 'The newest first; those that are over are shown until the next.' }),
    created_by: z.string().nullable().meta({
      description: 'The credential that made it; null for the platform itself.',
    }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'OauthClient', description: 'Software that may ask for access tokens.' });
export type OauthClientView = z.infer<typeof OauthClientView>;

export const oauthClientView = ({ version, ...client }: OauthClient): OauthClientView =>
  OauthClientView.parse({ ...client, resource_version: version });
