import { describe, expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { EIGHT_KWH, start16, stop16 } from '#test/support/charge-16.ts';
import { eventOf } from '#test/support/charge-201.ts';
import { MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { say } from '#test/support/pnc-16.ts';
import { EMAID } from '#test/support/pnc-pki.ts';
import { aPncWorld, type PncWorld } from '#test/support/pnc-world.ts';
import { settle } from '#test/support/settle.ts';

const SPELLED = 'DE8AACA2B3C4D5L';
const idToken = { idToken: SPELLED, type: 'eMAID' };

/** The session and its CDR, which any other charge of 8 kWh would have given too. */
async function expectBilled({ ctx }: PncWorld): Promise<void> {
  await settle(ctx);
  expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, auth_method: 'plug_and_charge' });
  const { items } = await listCdrs(ctx, {}, { limit: 10 });
  expect(items).toMatchObject([
    { auth_method: 'plug_and_charge', energy_kwh: 8, total: { amount: '151.04' } },
  ]);
}

describe('a whole charge by Plug & Charge', () => {
  test('in OCPP 2.0.1 goes from the certificate to the CDR', async () => {
    const world = await aPncWorld();
    const { charger, ctx, pki } = world;
    const shown = await charger.call('Authorize', { idToken, certificate: pki.chain });
    expect(shown).toMatchObject({ certificateStatus: 'Accepted' });
    const evse = { id: 1, connectorId: 1 };
    const begun = eventOf({ type: 'Started', seq: 0, wh: 1_000_000, evse, state: 'Charging' });
    expect(await charger.call('TransactionEvent', { ...begun, idToken })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    });
    ctx.tick(60 * MINUTE);
    await charger.call(
      'TransactionEvent',
      eventOf({ type: 'Ended', seq: 1, minute: 60, wh: 1_008_000 }),
    );
    await expectBilled(world);
  });

  test('in OCPP 1.6 goes from the certificate in a DataTransfer to the CDR', async () => {
    const world = await aPncWorld({ version: 'ocpp1.6' });
    const { charger, ctx, pki } = world;
    const shown = await say(charger, 'Authorize', { idToken, certificate: pki.chain });
    expect(shown.data).toMatchObject({ certificateStatus: 'Accepted' });
    const begun = await charger.call('StartTransaction', start16({ idTag: SPELLED }));
    expect(begun).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    ctx.tick(60 * MINUTE);
    await charger.call('StopTransaction', stop16(begun['transactionId'], { idTag: EMAID }));
    await expectBilled(world);
  });
});
