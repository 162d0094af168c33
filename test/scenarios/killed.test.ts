import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { sandboxPrice } from '#test/support/sandbox-price.ts';
import { aWebhookInbox } from '#test/support/webhook-inbox.ts';

const SPEED = 60;
const Sessions = listOf('sessions', SessionView);

/** The one session of BLR-014: ended, with one CDR that its own register pays. */
async function expectOneRightCdr(api: ApiClient, id: string): Promise<SessionView> {
  const session = await api.settled(id);
  const wh = Math.round(1000 * (Number(session.meter_stop_kwh) - Number(session.meter_start_kwh)));
  expect(session).toMatchObject({ energy_kwh: wh / 1000, stop_reason: 'remote', flags: [] });
  const { tax, total } = sandboxPrice(wh);
  expect(await api.cdrsOf(id)).toMatchObject([
    { energy_kwh: wh / 1000, tax: { amount: tax }, total: { amount: total } },
  ]);
  const all = await api.get('/v1/sessions?charger_id=BLR-014', Sessions);
  expect(all.sessions.map((each) => each.id)).toEqual([id]);
  return session;
}

describe('a host killed while a car charges', () => {
  it('goes on with the session when it is started again: its energy never falls, its CDR is one and right', async () => {
    const first = await aSandboxHost({ speed: SPEED });
    const inbox = await aWebhookInbox(first.api, ['charger.created', 'session.*', 'cdr.created']);
    await first.api.whenFree('BLR-014');
    const { id } = await first.api.startSession({ charger_id: 'BLR-014' });
    const before = await first.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.5);
    inbox.server.answer((response) => response.writeHead(503).end());
    await first.api.post('/v1/chargers', { id: 'NEWS-1' }, z.unknown());
    const waiting = await eventually(async () => {
      const deliveries = await inbox.ledger('status=retrying&event_type=charger.created');
      expect(deliveries).toHaveLength(1);
      return deliveries;
    });
    await first.host.end('SIGKILL');
    inbox.server.answer((response) => response.writeHead(204).end());

    const { dataDir } = first;
    const { api } = await aSandboxHost({ dataDir, speed: SPEED });
    const after = await api.session(id);
    expect(after.status).toBe('charging');
    expect(after.energy_kwh).toBeGreaterThanOrEqual(before.energy_kwh);
    await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > after.energy_kwh);
    await api.stopSession(id);
    const { cdr } = await expectOneRightCdr(api, id);

    expect(await inbox.got('session.ended', id)).toHaveLength(1);
    expect(await inbox.got('cdr.created', cdr?.id)).toHaveLength(1);
    await eventually(() => {
      const { received } = inbox.server;
      const [delivery] = waiting;
      const tries = received.filter(({ headers }) => headers['webhook-id'] === delivery?.event_id);
      expect(tries).toHaveLength(2);
    });
  });

  it('does so however often and whenever it is killed', async () => {
    const first = await aSandboxHost({ speed: SPEED });
    await first.api.whenFree('BLR-014');
    const { id } = await first.api.startSession({ charger_id: 'BLR-014' });
    let { host, api } = first;
    let energy = 0;
    const moments = Array.from({ length: 5 }, () => randomInt(1500));
    for (const moment of moments) {
      await pause(moment);
      await host.end('SIGKILL');
      ({ host, api } = await aSandboxHost({ dataDir: first.dataDir, speed: SPEED }));
      const { energy_kwh, status } = await api.session(id);
      expect(['starting', 'charging'], `killed after ${moments} ms`).toContain(status);
      expect(energy_kwh, `killed after ${moments} ms`).toBeGreaterThanOrEqual(energy);
      energy = energy_kwh;
    }
    await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > energy);
    await api.stopSession(id);
    await expectOneRightCdr(api, id);
  });
});
