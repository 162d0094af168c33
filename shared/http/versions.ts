import * as z from 'zod';
import { AppError } from '#shared/core/errors.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import type { HttpRequest } from '#shared/http/endpoint.ts';

export const ApiVersion = z
  .object({
    version: z.iso.date().meta({ example: API_VERSION }),
    status: z.enum(['current', 'supported', 'deprecated']),
    released_on: z.iso.date(),
    changes: z.array(z.string()),
    deprecated_on: z.iso.date().nullable(),
    sunset_on: z.iso.date().nullable(),
  })
  .meta({ id: 'ApiVersion', description: 'A dated version of the API.' });
export type ApiVersion = z.infer<typeof ApiVersion>;

/** Newest first. A version is added only by a change that could break a client. */
export const apiVersions: readonly ApiVersion[] = [
  {
    version: API_VERSION,
    status: 'current',
    released_on: API_VERSION,
    changes: ['The first version.'],
    deprecated_on: null,
    sunset_on: null,
  },
];

/** What `Magma-Version` asks for, else the current version. Throws invalid_request for an unknown one. */
export function readVersion({ headers }: HttpRequest): string {
  const asked = headers['magma-version'] ?? API_VERSION;
  if (apiVersions.some(({ version }) => version === asked)) return asked;
  const known = apiVersions.map(({ version }) => version).join(', ');
  throw new AppError('invalid_request', 'There is no such version of the API.', {
    errors: [{ field: 'Magma-Version', code: 'invalid_value', message: `One of ${known}.` }],
  });
}
