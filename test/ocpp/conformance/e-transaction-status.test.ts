import { describe, expect, test } from 'vitest';
import { endpoint as sendRaw } from '#functions/api/commands/send-raw-ocpp-message.ts';
import { endpoint as reconcile } from '#functions/api/sessions/reconcile-session.ts';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { call } from '#test/support/call.ts';
import { MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

describe('the station is asked of a transaction', () => {
  const ask = async (station: Station) => {
    const { id } = await theSession(station.ctx);
    await call(station.ctx, reconcile, { params: { session_id: id }, body: {} });
    return station.asked('GetTransactionStatus');
  };
  const askOfAll = async (station: Station) => {
    await call(station.ctx, sendRaw, {
      params: { charger_id: 'CP-1' },
      body: { action: 'GetTransactionStatus', payload: {} },
    });
    return station.asked('GetTransactionStatus');
  };
  const late = (station: Station) =>
    station.event('Updated', {
      trigger: 'MeterValuePeriodic',
      offline: true,
      wh: station.meter(),
    });

  test('TC_E_29_CSMS: that goes on, with messages queued', async () => {
    const station = await aStation();
    await station.charging();
    await station.reconnect();
    const asked = await ask(station);
    expect(asked.payload).toEqual({ transactionId: 'TX-1' });
    await station.reply(asked, { ongoingIndicator: true, messagesInQueue: true });
    await late(station);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging', offline: true });
  });

  test('TC_E_30_CSMS: that goes on, with none queued', async () => {
    const station = await aStation();
    await station.charging();
    const asked = await ask(station);
    expect(asked.payload).toEqual({ transactionId: 'TX-1' });
    await station.reply(asked, { ongoingIndicator: true, messagesInQueue: false });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_E_31_CSMS: that has ended, with messages queued, which are waited for', async () => {
    const station = await aStation();
    await station.charging();
    await station.reconnect();
    const [first, second] = station.skip(2);
    await station.event('Ended', {
      trigger: 'EVCommunicationLost',
      state: 'Idle',
      offline: true,
      wh: station.meter(),
    });
    await settle(station.ctx);
    station.ctx.tick(MINUTE);
    const asked = await station.asked('GetTransactionStatus');
    expect(asked.payload).toEqual({ transactionId: 'TX-1' });
    await station.reply(asked, { ongoingIndicator: false, messagesInQueue: true });
    for (const [seq, state] of [
      [first, undefined],
      [second, 'EVConnected'],
    ] as const)
      await station.event('Updated', {
        trigger: 'StopAuthorized',
        offline: true,
        ...(seq === undefined ? {} : { seq }),
        ...(state ? { state } : {}),
      });
    await settle(station.ctx);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended', flags: [] });
    expect((await listCdrs(station.ctx, {}, { limit: 5 })).items).toHaveLength(1);
  });

  test('TC_E_33_CSMS: that it is to name itself, with messages queued', async () => {
    const station = await aStation();
    await station.charging();
    await station.reconnect();
    const asked = await askOfAll(station);
    expect(asked.payload).toEqual({});
    await station.reply(asked, { messagesInQueue: true });
    expect(await late(station)).toEqual({});
  });

  test('TC_E_34_CSMS: that it is to name itself, with none queued', async () => {
    const station = await aStation();
    const asked = await askOfAll(station);
    expect(asked.payload).toEqual({});
    await station.reply(asked, { messagesInQueue: false });
  });
});
