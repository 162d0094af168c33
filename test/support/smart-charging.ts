import { endpoint as clearProfiles } from '#functions/api/smart-charging/clear-charging-profiles.ts';
import { endpoint as composite } from '#functions/api/smart-charging/get-composite-schedule.ts';
import { endpoint as listProfiles } from '#functions/api/smart-charging/list-charging-profiles.ts';
import { endpoint as powerLimit } from '#functions/api/smart-charging/set-charger-power-limit.ts';
import { endpoint as setProfile } from '#functions/api/smart-charging/set-charging-profile.ts';
import { byCharger, storeValues } from '#shared/configuration/store-values.ts';
import { Told } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';
import { call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const params = { charger_id: 'BLR-014' };

/** Asks for a default of 11 kW on connector 1, unless told otherwise. */
export const setOn = (ctx: Context, more: object = {}): Promise<Reply> =>
  call(ctx, setProfile, {
    params,
    body: {
      purpose: 'default',
      connector: 1,
      periods: [{ start_seconds: 0, limit_kw: 11 }],
      ...more,
    },
  });

export const clearOn = (ctx: Context, query: object = {}): Promise<Reply> =>
  call(ctx, clearProfiles, { params, query: { ...query } });

export const cap = (ctx: Context, body: object): Promise<Reply> =>
  call(ctx, powerLimit, { params, body });

export const askSchedule = (ctx: Context, body: object, headers = {}): Promise<Reply> =>
  call(ctx, composite, { params, body, headers });

export const listOn = (ctx: Context, query: object = {}, headers = {}): Promise<Reply> =>
  call(ctx, listProfiles, { params, query: { ...query }, headers });

export async function profilesOn(ctx: Context, query: object = {}): Promise<ChargingProfile[]> {
  const { body } = await listOn(ctx, query);
  const listed = body['charging_profiles'];
  return (Array.isArray(listed) ? listed : []).map((one) => ChargingProfile.parse(one));
}

type Version = '1.6' | '2.0.1';
type Given = Parameters<typeof anOnlineCharger>[2];

/** A charger with a three-phase socket of 22 kW (1) and a CCS2 cable of 60 kW and 150 A (2). */
export async function aSmartCharger(
  version: Version = '1.6',
  given: Given = {},
): Promise<{ ctx: TestContext; charger: FakeCharger }> {
  const ctx = testContext();
  const connectors = [
    { id: 1, type: 'Type2' as const, power_kw: 22, phases: 3 },
    { id: 2, type: 'CCS2' as const, power_kw: 60, max_current_a: 150 },
  ];
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version, connectors, ...given });
  return { ctx, charger };
}

const nowhere = {
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
};

/** What the charger says of itself, by the names of its version. */
export function says(ctx: Context, values: Readonly<Record<string, string>>): Promise<void> {
  const told = Object.entries(values).map(([name, value]) => {
    const [first = '', variable] = name.split('.');
    const [component, key] = variable ? [first, variable] : [null, first];
    return Told.parse({ ...nowhere, component, name: key, facts: { value } });
  });
  return storeValues(ctx, 'BLR-014', told, byCharger);
}

/** A session of CARD on connector 1 that charges. */
export async function charging(
  ctx: TestContext,
  charger: FakeCharger,
  version: Version,
): Promise<void> {
  const at = ctx.now().toISOString();
  if (version === '1.6')
    await charger.say('StartTransaction', {
      connectorId: 1,
      idTag: 'CARD',
      meterStart: 0,
      timestamp: at,
    });
  else
    await charger.say('TransactionEvent', {
      eventType: 'Started',
      timestamp: at,
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'TX-1', chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken: 'CARD', type: 'ISO14443' },
    });
}

export const newsOfProfiles = (ctx: TestContext) =>
  recordedEvents(ctx).filter(({ type }) => type.startsWith('charging_profile.'));
