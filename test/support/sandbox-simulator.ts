import { expect, onTestFinished } from 'vitest';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { sandboxPrice } from '#test/support/sandbox-price.ts';

const Sessions = listOf('sessions', SessionView);
/** Of all chargers, the newest first. */
export const allSessions = async (api: ApiClient) =>
  (await api.get('/v1/sessions', Sessions)).sessions;

/** A charger of the sandbox that goes wrong in these ways, online. */
export async function aSimulator(url: string, identity: string, misbehave: Misbehaviour) {
  const charger = sandboxChargers.find((one) => one.identity === identity);
  if (!charger) throw new Error(`There is no ${identity}`);
  const simulator = startSimulator({
    ...{ url, charger, misbehave, seed: 7, speed: 120 },
    ...{ plugInDelayMs: 0, unplugDelayMs: 200, rebootMs: 100, firstRetryMs: 50 },
  });
  onTestFinished(() => simulator.close());
  await simulator.whenOnline();
  return simulator;
}

/** What adding up fractions may have cost: the meter shows the whole watt-hour. */
const ROUNDING_WH = 1e-5;

/** Wh that the charger's own register has counted so far, on its first connector, as its meter shows them. */
export const registerOf = (simulator: Simulator) =>
  Math.floor((simulator.state().connectors[0]?.registerWh ?? 0) + ROUNDING_WH);

/** The session has one CDR, of exactly the energy that the charger counted since `before`. */
export async function expectPaid(api: ApiClient, id: string, wh: number): Promise<SessionView> {
  const session = await api.settled(id);
  const { net, total } = sandboxPrice(wh);
  expect(session.energy_kwh).toBe(wh / 1000);
  expect(await api.cdrsOf(id)).toMatchObject([
    { energy_kwh: wh / 1000, total_excl_tax: { amount: net }, total: { amount: total } },
  ]);
  return session;
}
