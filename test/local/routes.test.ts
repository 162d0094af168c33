import { describe, expect, it } from 'vitest';
import { Routes } from '#local/routes.ts';

const routes = new Routes<string>();
for (const route of [
  'GET /v1/chargers',
  'GET /v1/chargers/unclaimed',
  'GET /v1/chargers/{charger_id}',
  'PATCH /v1/chargers/{charger_id}',
  'GET /v1/chargers/{charger_id}/status',
  'GET /v1/{kind}/unclaimed/first',
])
  routes.add(route, route);

describe('routes', () => {
  it('gives the values of a path as they stand there, not decoded', () => {
    expect(routes.find('GET', '/v1/chargers/BLR%2F014')).toEqual({
      path: '/v1/chargers/{charger_id}',
      params: { charger_id: 'BLR%2F014' },
      target: 'GET /v1/chargers/{charger_id}',
    });
  });

  it('prefers a literal segment to a parameter', () => {
    expect(routes.find('GET', '/v1/chargers/unclaimed')?.target).toBe('GET /v1/chargers/unclaimed');
  });

  it('goes back to the parameter where the literal leads nowhere', () => {
    const found = routes.find('GET', '/v1/chargers/unclaimed/status');
    expect(found?.params).toEqual({ charger_id: 'unclaimed' });
    expect(routes.find('GET', '/v1/chargers/unclaimed/first')?.params).toEqual({
      kind: 'chargers',
    });
  });

  it('knows a path whose method has no endpoint', () => {
    expect(routes.find('DELETE', '/v1/chargers')).toMatchObject({
      path: '/v1/chargers',
      target: undefined,
    });
  });

  it.each(['/', '/v1', '/v1/chargers/', '/v1/chargers//status', '/v1/chargers/a/status/b', ''])(
    'finds nothing at %j',
    (path) => {
      expect(routes.find('GET', path)).toBeUndefined();
    },
  );
});
