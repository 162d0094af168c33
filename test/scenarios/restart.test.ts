import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listOf } from '#shared/http/list.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { aWebhookInbox } from '#test/support/webhook-inbox.ts';

const SPEED = 60;
const KEPT = [
  '/v1/chargers/MINE-1',
  '/v1/sites/MALL-2',
  '/v1/tariffs/BLR-IND',
  '/v1/webhook-endpoints',
  '/v1/vendors',
];
const Events = listOf('events', EventEnvelope);

const all = (api: ApiClient) => Promise.all(KEPT.map((path) => api.get(path, z.unknown())));
const eventIds = async (api: ApiClient) =>
  (await api.get('/v1/events?limit=200', Events)).events.map(({ id }) => id);

describe('a host that is stopped and started again', () => {
  it('ends with code 0 and has lost nothing: what was made, what happened, and the charge under way', async () => {
    const first = await aSandboxHost({ speed: SPEED });
    await aWebhookInbox(first.api, ['site.created']);
    await first.api.post('/v1/sites', { id: 'MALL-2', name: 'Second' }, z.unknown());
    await first.api.post('/v1/chargers', { id: 'MINE-1', site_id: 'MALL-2' }, z.unknown());
    await first.api.patch('/v1/tariffs/BLR-IND', { energy_rate: '21.5000' }, z.unknown());
    await first.api.whenFree('BLR-011');
    const { id } = await first.api.startSession({ charger_id: 'BLR-011' });
    const before = await first.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0);
    const made = await all(first.api);
    const happened = await eventIds(first.api);
    expect(await first.host.end('SIGTERM')).toBe(0);

    const { api } = await aSandboxHost({ dataDir: first.dataDir, speed: SPEED });
    expect(await all(api)).toEqual(made);
    expect(await eventIds(api)).toEqual(expect.arrayContaining(happened));
    const { energy_kwh: kept } = await api.session(id);
    expect(kept).toBeGreaterThanOrEqual(before.energy_kwh);
    await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > kept);
    await api.stopSession(id);
    expect(await api.settled(id)).toMatchObject({ stop_reason: 'remote', flags: [] });
    expect(await api.cdrsOf(id)).toHaveLength(1);
  });

  it('begins anew with --reset, and with the same API key', async () => {
    const first = await aSandboxHost({ speed: SPEED });
    await first.api.whenFree('BLR-011');
    await first.api.startSession({ charger_id: 'BLR-011' });
    await first.api.post('/v1/chargers', { id: 'MINE-1' }, z.unknown());
    expect(await first.host.end('SIGTERM')).toBe(0);

    const again = { dataDir: first.dataDir, speed: SPEED, args: ['--reset'] };
    const { api, ready } = await aSandboxHost(again);
    expect(ready.api_key).toBe(first.ready.api_key);
    expect(await api.ask('GET', '/v1/chargers/MINE-1')).toMatchObject({ status: 404 });
    expect(await api.ask('GET', '/v1/sessions')).toMatchObject({ body: { sessions: [] } });
    await api.whenFree('BLR-011');
    expect(await api.startSession({ charger_id: 'BLR-011' })).toMatchObject({ status: 'starting' });
  });
});
