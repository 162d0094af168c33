import * as z from 'zod';
import { isScope } from '#shared/core/scopes.ts';
import { isOrigin, isRedirectUri } from '#shared/oauth-clients/client-uris.ts';
import { OauthClientType } from '#shared/oauth-clients/oauth-client.ts';

export const DEFAULT_TOKEN_S = 600;
const SHORTEST_TOKEN_S = 300;
/** No access token lives longer: so long are keys kept that have signed one. */
export const LONGEST_TOKEN_S = 3600;

const Scope = z
  .string()
  .max(50)
  .refine(isScope, { error: 'No such scope', params: { code: 'unknown_scope' } });
const RedirectUri = z
  .string()
  .max(500)
  .refine(isRedirectUri, {
    error:
      'An https URL, http on a loopback address, or a scheme of your own with a dot in it; without a fragment',
    params: { code: 'bad_redirect_uri' },
  });
const Origin = z
  .string()
  .max(300)
  .refine(isOrigin, {
    error: 'Scheme, host and port alone: https, or http on a loopback address',
    params: { code: 'bad_origin' },
  });

const fields = {
  name: z.string().trim().min(1).max(100).meta({
    description: 'People are shown it when they are asked to let it in.',
    example: 'Fleet dashboard',
  }),
  scopes: z
    .array(Scope)
    .min(1)
    .max(100)
    .meta({
      description: 'The most its tokens may. There is no `*`: people are told each by its name.',
      example: ['chargers:read', 'sessions:read'],
    }),
  site_ids: z
    .array(z.string().min(1).max(48))
    .min(1)
    .max(100)
    .nullable()
    .meta({ description: 'Restrict it to these sites; null for all.', example: ['BLR-IND'] }),
  redirect_uris: z
    .array(RedirectUri)
    .max(20)
    .meta({
      description:
        'Where people come back to, compared character by character. `https`; `http` on a loopback address, whose port may then be any; or an app’s own scheme, `com.example.app:/callback`.',
      example: ['https://fleet.example.com/callback'],
    }),
  post_logout_redirect_uris: z
    .array(RedirectUri)
    .max(20)
    .meta({ description: 'Where they may be sent after they have signed out.' }),
  allowed_origins: z
    .array(Origin)
    .max(20)
    .meta({
      description: 'From where browsers may call the API with its tokens.',
      example: ['https://fleet.example.com'],
    }),
  access_token_seconds: z.int().min(SHORTEST_TOKEN_S).max(LONGEST_TOKEN_S).meta({
    description: 'How long an access token is good; 10 minutes unless said otherwise.',
  }),
};

/** A field that is misspelt would make a client that may more than it should: none is left over. */
export const NewOauthClient = z
  .strictObject({
    ...fields,
    type: OauthClientType,
    confidential: z.boolean().optional().meta({
      description:
        'Whether it is given a secret. A service always is; an app that runs on a device or in a browser can keep none. True unless said otherwise.',
    }),
    site_ids: fields.site_ids.optional(),
    redirect_uris: fields.redirect_uris.default([]),
    post_logout_redirect_uris: fields.post_logout_redirect_uris.default([]),
    allowed_origins: fields.allowed_origins.default([]),
    access_token_seconds: fields.access_token_seconds.default(DEFAULT_TOKEN_S),
  })
  .meta({ id: 'NewOauthClient' });
export type NewOauthClient = z.output<typeof NewOauthClient>;

export const OauthClientPatch = z.strictObject(fields).partial().meta({
  id: 'OauthClientPatch',
  description: 'JSON Merge Patch; lists are replaced as a whole.',
});
export type OauthClientPatch = z.output<typeof OauthClientPatch>;
