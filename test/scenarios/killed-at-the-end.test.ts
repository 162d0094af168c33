import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { sandboxPrice } from '#test/support/sandbox-price.ts';
import { aWebhookInbox } from '#test/support/webhook-inbox.ts';

const SPEED = 60;
const CHARGERS = ['BLR-011', 'BLR-013', 'BLR-014', 'BLR-015'];

describe('a host killed while sessions end', () => {
  it('gives each session its one CDR all the same, numbered without a gap, and tells of each', async () => {
    const { api: before, host, dataDir } = await aSandboxHost({ speed: SPEED });
    const inbox = await aWebhookInbox(before, ['cdr.created']);
    await Promise.all(CHARGERS.map((id) => before.whenFree(id)));
    const ids: string[] = [];
    for (const charger_id of CHARGERS)
      ids.push((await before.startSession({ charger_id, connector: 1 })).id);
    for (const id of ids) await before.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0);
    await Promise.all(ids.map((id) => before.stopSession(id)));
    const moment = randomInt(100);
    await pause(moment);
    await host.end('SIGKILL');

    const { api } = await aSandboxHost({ dataDir, speed: SPEED });
    const numbers: string[] = [];
    for (const id of ids) {
      const session = await api.settled(id);
      const { total } = sandboxPrice(Math.round(session.energy_kwh * 1000));
      const cdrs = await api.cdrsOf(id);
      expect(cdrs, `killed after ${moment} ms`).toMatchObject([{ total: { amount: total } }]);
      numbers.push(...cdrs.map(({ number }) => number.split('/')[1] ?? ''));
    }
    expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    const told = await eventually(() => {
      const events = new Map(inbox.events().map((event) => [event.id, event]));
      expect(events.size, `killed after ${moment} ms`).toBeGreaterThanOrEqual(ids.length);
      return [...events.values()];
    });
    expect(told.map(({ scope }) => scope.session_id).toSorted()).toEqual(ids.toSorted());
  });
});
