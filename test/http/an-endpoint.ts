import * as z from 'zod';
import { defineEndpoint, type Endpoint, type EndpointSpec } from '#shared/http/endpoint.ts';

const described = {
  summary: 'Try the pipeline',
  description: 'Only for tests.',
  examples: {},
} as const;

const NewThing = z.object({
  name: z.string().min(1).max(10),
  watts: z.int().positive().optional(),
  at: z.iso.datetime().optional(),
  limits: z.strictObject({ kwh: z.number() }).optional(),
  kind: z.enum(['ac', 'dc']).optional(),
});
const Thing = z.object({ id: z.string(), name: z.string(), resource_version: z.int() });

type Write = EndpointSpec<undefined, undefined, typeof NewThing, typeof Thing>;
type Read = EndpointSpec<
  z.ZodObject<{ thing_id: z.ZodString }>,
  z.ZodObject<{ limit: z.ZodDefault<z.ZodCoercedNumber> }>,
  undefined,
  typeof Thing
>;

/** `POST /v1/things`, whose work is up to the test. */
export const aWrite = (
  handle: Write['handle'] = async ({ body }) => ({
    id: 'th_1',
    name: body.name,
    resource_version: 1,
  }),
  differences: Partial<Write> = {},
): Endpoint =>
  defineEndpoint({
    ...described,
    id: 'createThing',
    route: 'POST /v1/things',
    scope: 'things:write',
    body: NewThing,
    status: 201,
    response: Thing,
    location: ({ id }) => `/v1/things/${id}`,
    handle,
    ...differences,
  });

/** `GET /v1/things/{thing_id}`, version 7. */
export const aRead = (
  handle: Read['handle'] = async ({ params }) => ({
    id: params.thing_id,
    name: 'Thing',
    resource_version: 7,
  }),
  differences: Partial<Read> = {},
): Endpoint =>
  defineEndpoint({
    ...described,
    id: 'getThing',
    route: 'GET /v1/things/{thing_id}',
    scope: 'things:read',
    params: z.object({ thing_id: z.string().max(20) }),
    query: z.object({ limit: z.coerce.number().default(50) }),
    status: 200,
    response: Thing,
    handle,
    ...differences,
  });
