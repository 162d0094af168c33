import { describe, test } from 'vitest';
import * as z from 'zod';
import { loadEndpoints } from '#lib/registry.ts';

const Shape = z.looseObject({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** The properties of what an operation answers: of its elements, where it is a list. */
function answered(schema: z.ZodType): string[] {
  const root = Shape.parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  const resolved = (node: unknown): z.infer<typeof Shape> => {
    const shape = Shape.parse(node);
    const name = shape.$ref?.split('/').at(-1);
    return name === undefined ? shape : resolved(root.$defs?.[name]);
  };
  const whole = resolved(root);
  const isList = whole.properties?.['next_cursor'] !== undefined;
  const elements = Object.values(whole.properties ?? {})
    .map(resolved)
    .find(({ items }) => items !== undefined);
  const object = isList && elements ? resolved(elements.items) : whole;
  return Object.keys(object.properties ?? {});
}

/** Answers that are no objects which change and can be held against an older reading of them. */
const NO_OBJECT: Readonly<Record<string, string>> = {
  createLiveTicket: 'Good once, and never changed.',
  getAsyncApi: 'A document.',
  getCallerIdentity: 'What the credential itself says.',
  getChargerConfiguration: 'Settings: each says when it was read and changed.',
  getChargerStatus: 'A short look at a charger, for polling; its ETag is of its content.',
  getEvent: 'Never changes; `subject.resource_version` is of what it is about.',
  getHealth: 'A moment.',
  getOpenApi: 'A document.',
  getRequest: 'Never changes.',
  listApiVersions: 'Made by releases.',
  listAuditEntries: 'Never change.',
  listEvents: 'Never change.',
  listEventTypes: 'Made by releases.',
  listOcppMessages: 'Never change.',
  listRequests: 'Never change.',
  listReservationSlots: 'Reckoned when asked.',
  listSessionMeterValues: 'Never change.',
  listUnclaimedChargers: 'A count of knocks; `last_attempt_at` tells the newer.',
  getSessionTimeline: 'Never changes.',
  previewPayout: 'Reckoned when asked.',
  replayWebhookDeliveries: 'What was done.',
  rotateOauthClientSecret: 'A secret, shown once.',
  rotateWebhookSecret: 'A secret, shown once.',
};

const endpoints = (await loadEndpoints()).map(({ value }) => value);

test('every object that an operation answers says its `resource_version`', ({ expect }) => {
  const without = endpoints
    .filter(({ response }) => response && !answered(response).includes('resource_version'))
    .map(({ id }) => id);
  expect(without.filter((id) => !(id in NO_OBJECT))).toEqual([]);
});

describe('an exception', () => {
  test('is of an operation that there is, and that has no version to tell', ({ expect }) => {
    for (const id of Object.keys(NO_OBJECT)) {
      const endpoint = endpoints.find((each) => each.id === id);
      expect(endpoint?.response, id).toBeDefined();
      if (endpoint?.response) expect(answered(endpoint.response)).not.toContain('resource_version');
    }
  });
});
