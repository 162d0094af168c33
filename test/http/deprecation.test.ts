import { describe, test } from 'vitest';
import { endpoint as whoami } from '#functions/api/organization/get-caller-identity.ts';
import { loadEndpoints } from '#lib/registry.ts';
import { openApiDocument } from '#shared/http/openapi/document.ts';
import { aRead } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const deprecated = {
  since: '2026-06-01',
  sunset: '2027-06-01',
  see: 'https://docs.magmapro.in/changes/things',
};
const read = { params: { thing_id: 'th_1' } };

describe('an operation that will go away', () => {
  test('says so with every answer, refusals too', async ({ expect }) => {
    const headers = {
      // 2026-06-01T00:00:00Z in seconds (RFC 9745 2.1), and an HTTP date (RFC 8594 3).
      Deprecation: '@1780272000',
      Sunset: 'Tue, 01 Jun 2027 00:00:00 GMT',
      Link: '<https://docs.magmapro.in/changes/things>; rel="deprecation"; type="text/html"',
    };
    const endpoint = aRead(undefined, { deprecated });
    expect((await call(testContext(), endpoint, read)).headers).toMatchObject(headers);
    const nobody = testContext({ actor: { kind: 'anonymous' } });
    const refused = await call(nobody, endpoint, read);
    expect([refused.status, refused.headers['Deprecation']]).toEqual([401, headers.Deprecation]);
  });

  test('is told by whoami to who used it, for 90 days, and to nobody else', async ({ expect }) => {
    const ctx = testContext();
    const other = ctx.as({ actor: { kind: 'api_key', id: 'key_other', scopes: ['*'] } });
    await call(ctx, aRead(undefined, { deprecated }), read);
    await call(other, aRead(), read);
    const told = async (who: typeof ctx) => (await call(who, whoami)).body['deprecated_operations'];
    expect([await told(ctx), await told(other)]).toEqual([['getThing'], []]);
    ctx.tick(90 * 86_400_000 + 1000);
    expect(await told(ctx)).toEqual([]);
  });

  test('is marked in the OpenAPI document', ({ expect }) => {
    const endpoints = [{ tag: 'meta', endpoint: aRead(undefined, { deprecated }) }];
    const { paths } = openApiDocument({ endpoints, eventTypes: [] });
    expect(paths).toMatchObject({ '/v1/things/{thing_id}': { get: { deprecated: true } } });
  });
});

test('every deprecation leaves twelve months', async ({ expect }) => {
  for (const { value } of await loadEndpoints()) {
    if (!value.deprecated) continue;
    const { since, sunset } = value.deprecated;
    expect(Date.parse(sunset) - Date.parse(since), value.id).toBeGreaterThanOrEqual(
      365 * 86_400_000,
    );
  }
});
