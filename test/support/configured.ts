import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as getConfiguration } from '#functions/api/configuration/get-charger-configuration.ts';
import { endpoint as refreshConfiguration } from '#functions/api/configuration/refresh-charger-configuration.ts';
import { endpoint as updateConfiguration } from '#functions/api/configuration/update-charger-configuration.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';

type Body = Readonly<Record<string, unknown>>;

/** What is asked here is asked of this charger. */
export const params = { charger_id: 'CP-1' };

export const set = (ctx: TestContext, items: readonly object[], more: object = {}) =>
  call(ctx, updateConfiguration, { params, body: { items, ...more } });

export const refresh = async (ctx: TestContext, body: object = {}): Promise<Body> =>
  (await call(ctx, refreshConfiguration, { params, body })).body;

/** What is known of its settings and monitors. */
export const known = async (ctx: TestContext, query: Body = {}): Promise<Body> =>
  (await call(ctx, getConfiguration, { params, query })).body;

/** A command as it stands. */
export const read = async (ctx: TestContext, id: unknown): Promise<Body> =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

/** A key of OCPP 1.6 and a value for it. */
export const key = (name: string, value: string) => ({ name, value });

/** A variable of OCPP 2.0.1, as reports tell it. */
export const variable = (component: string, name: string, value: string) => ({
  component: { name: component },
  variable: { name },
  variableAttribute: [{ value }],
});

/** A part of a report; the last says nothing of more to come. */
export const part = (
  requestId: unknown,
  seqNo: number,
  last: boolean,
  ...reportData: object[]
) => ({
  requestId,
  seqNo,
  generatedAt: '2026-06-01T04:30:00Z',
  ...(last ? {} : { tbc: true }),
  reportData,
});

/** A charger of OCPP 2.0.1 that has agreed to report everything. */
export async function reporting() {
  const ctx = testContext();
  const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
  const { id } = await refresh(ctx);
  const { requestId } = charger.lastAsked().payload;
  await charger.reply(charger.lastAsked());
  return { ctx, charger, id, requestId };
}

export const tell = (charger: OcppPeer, payload: object) => charger.call('NotifyReport', payload);
