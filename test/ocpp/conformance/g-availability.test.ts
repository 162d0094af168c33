import { describe, expect, test } from 'vitest';
import { endpoint as changeAvailability } from '#functions/api/commands/change-availability.ts';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { call } from '#test/support/call.ts';
import { theSession } from '#test/support/ocpp-site.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

async function changed(station: Station, body: object, status = 'Accepted') {
  await call(station.ctx, changeAvailability, { params: { charger_id: 'CP-1' }, body });
  const asked = await station.asked('ChangeAvailability');
  await station.reply(asked, { status });
  return asked.payload;
}
async function connectorStatus({ ctx }: Station) {
  const [connector] = (await getChargerView(ctx, 'CP-1')).connectors;
  return connector?.status;
}

const evse = { evse: { id: 1 } };
const connector = { evse: { id: 1, connectorId: 1 } };
const CASES = [
  ['TC_G_03_CSMS: an EVSE is closed', 'inoperative', { evse_id: 1 }, evse],
  ['TC_G_04_CSMS: an EVSE is opened', 'operative', { evse_id: 1 }, evse],
  ['TC_G_05_CSMS: a station is closed', 'inoperative', {}, {}],
  ['TC_G_06_CSMS: a station is opened', 'operative', {}, {}],
  ['TC_G_07_CSMS: a connector is closed', 'inoperative', { connector: 1 }, connector],
  ['TC_G_08_CSMS: a connector is opened', 'operative', { connector: 1 }, connector],
] as const;

test.each(CASES)('%s', async (_, availability, place, said) => {
  const opens = availability === 'operative';
  const station = await aStation();
  await station.connector(opens ? 'Unavailable' : 'Available');
  const payload = await changed(station, { availability, ...place });
  expect(payload).toEqual({ operationalStatus: opens ? 'Operative' : 'Inoperative', ...said });
  await station.connector(opens ? 'Available' : 'Unavailable');
  expect(await connectorStatus(station)).toBe(opens ? 'Available' : 'Unavailable');
});

describe('while a transaction goes on', () => {
  test.each([
    ['TC_G_11_CSMS: an EVSE closes when it has ended', { evse_id: 1 }, evse],
    ['TC_G_14_CSMS: a station closes when it has ended', {}, {}],
    ['TC_G_17_CSMS: a connector closes when it has ended', { connector: 1 }, connector],
  ])('%s', async (_, place, said) => {
    const station = await aStation();
    await station.charging();
    const payload = await changed(station, { availability: 'inoperative', ...place }, 'Scheduled');
    expect(payload).toEqual({ operationalStatus: 'Inoperative', ...said });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
    await station.disconnected();
    await station.connector('Unavailable');
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
    expect(await connectorStatus(station)).toBe('Unavailable');
  });
});

test('TC_G_20_CSMS: a plug that does not lock is told', async () => {
  const station = await aStation();
  const timestamp = station.ctx.now().toISOString();
  const eventData = [
    {
      eventId: 2,
      timestamp,
      trigger: 'Delta',
      actualValue: 'true',
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Problem' },
    },
  ];
  const told = { generatedAt: timestamp, seqNo: 0, eventData };
  expect(await station.peer.call('NotifyEvent', told)).toEqual({});
});
