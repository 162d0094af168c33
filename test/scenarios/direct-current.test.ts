import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';
import { MeterSample } from '#shared/sessions/sample.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { aLiveClient, type LiveClient } from '#test/support/live-client.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { sandboxPrice } from '#test/support/sandbox-price.ts';

const SPEED = 60;
const MeterValues = listOf('meter_values', MeterSample);
const Soc = z.object({ soc_percent: z.number() });

interface Charge {
  readonly id: string;
  readonly live: LiveClient;
}

async function begin(api: ApiClient, charger_id: string, connector: number): Promise<Charge> {
  const { id, websocket } = await api.startSession({ charger_id, connector });
  return { id, live: await aLiveClient(websocket ?? '') };
}

/** Until the battery has filled by so many percent. */
async function charge(api: ApiClient, { id }: Charge, percent: number): Promise<void> {
  const { soc_percent: first } = await api.sessionWhen(id, (s) => s.soc_percent !== null);
  await api.sessionWhen(id, (s) => Number(s.soc_percent) >= Number(first) + percent);
}

/** State of charge rises in the session, in its series and on its stream; the energy is paid. */
async function expectFilled(api: ApiClient, { id, live }: Charge): Promise<void> {
  await api.stopSession(id);
  const session = await api.settled(id);
  await live.closed();
  const told = live.ofType('soc.updated').map(({ data }) => Soc.parse(data.object).soc_percent);
  expect(new Set(told).size).toBeGreaterThan(2);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(session).toMatchObject({ soc_source: 'charger', flags: [] });
  expect(session.soc_percent).toBeGreaterThanOrEqual(told.at(-1) ?? 101);
  const { meter_values } = await api.get(`/v1/sessions/${id}/meter-values`, MeterValues);
  const series = meter_values.map(({ soc_percent }) => soc_percent).filter((soc) => soc !== null);
  expect(series).toEqual(expect.arrayContaining(told));
  const { total } = sandboxPrice(Math.round(session.energy_kwh * 1000));
  expect(await api.cdrsOf(id)).toMatchObject([
    { energy_kwh: session.energy_kwh, soc_end: session.soc_percent, total: { amount: total } },
  ]);
}

describe('charging with direct current', () => {
  it('shows the battery filling, over OCPP 1.6 and on both EVSEs of a 2.0.1 charger at once', async () => {
    const { api } = await aSandboxHost({ speed: SPEED });
    await Promise.all([api.whenFree('BLR-013'), api.whenFree('BLR-015')]);
    const charges = [
      await begin(api, 'BLR-013', 1),
      await begin(api, 'BLR-015', 1),
      await begin(api, 'BLR-015', 2),
    ];
    expect(new Set(charges.map(({ id }) => id)).size).toBe(3);
    await Promise.all(charges.map((each) => charge(api, each, 5)));
    const power = await Promise.all(
      charges.map(async ({ id }) => (await api.session(id)).active_power_kw),
    );
    for (const kw of power) expect(kw).toBeGreaterThan(22);
    for (const each of charges) await expectFilled(api, each);
  });

  it('stops by itself at the state of charge that was asked for', async () => {
    const { api } = await aSandboxHost({ speed: 5 * SPEED });
    await api.whenFree('BLR-013');
    // A car comes with 45 % at most.
    const limits = { soc_percent: 50 };
    const { id } = await api.startSession({ charger_id: 'BLR-013', limits });
    const session = await api.settled(id);
    expect(session).toMatchObject({ stop_reason: 'limit_soc', limits });
    expect(session.soc_percent).toBeGreaterThanOrEqual(50);
  });
});
