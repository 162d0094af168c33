import { beginByTag, chargeFor, endCharge } from '#bench/units/begin-charge.ts';
import { contractMessages201 } from '#bench/units/contract-messages-201.ts';
import type { MessageRows } from '#bench/units/message-rows.ts';
import { askAbout, beginLog, beginReservation, beginUpdate } from '#bench/units/prepared.ts';
import { reportMessages201 } from '#bench/units/report-messages-201.ts';
import type { MeteredSite } from '#bench/units/site.ts';
import { aSigningRequest } from '#test/support/pki.ts';

type Place = Pick<MeteredSite, 'world' | 'dc201'>;

/** The messages of 2.0.1 that have no part in a charge by tag. */
export async function otherMessages201(rows: MessageRows, site: MeteredSite): Promise<void> {
  await rows.say('DataTransfer', { vendorId: 'com.example', messageId: 'hello', data: 'anything' });
  await sessionMessages(rows, site);
  await reportMessages201(rows, site);
  await logAndSecurity(rows, site);
  await firmware(rows, site);
  await contractMessages201(rows, site);
}

/** What is told while a car charges, beside the transaction. */
async function sessionMessages(rows: MessageRows, { world, dc201 }: Place): Promise<void> {
  const charge = await beginByTag(world, dc201);
  await chargeFor(world, charge, 5);
  const timestamp = world.now().toISOString();
  const register = { value: 1_004_600, measurand: 'Energy.Active.Import.Register' };
  const meterValue = [
    { timestamp, sampledValue: [{ ...register, unitOfMeasure: { unit: 'Wh' } }] },
  ];
  await rows.say('MeterValues', { evseId: 1, meterValue }, 'a register by the clock');
  await rows.say('NotifyEVChargingNeeds', {
    evseId: 1,
    maxScheduleTuples: 12,
    chargingNeeds: {
      requestedEnergyTransfer: 'DC',
      departureTime: new Date(world.now().getTime() + 3 * 3_600_000).toISOString(),
      dcChargingParameters: {
        evMaxCurrent: 200,
        evMaxVoltage: 450,
        energyAmount: 40_000,
        evMaxPower: 60_000,
        stateOfCharge: 30,
      },
    },
  });
  await dc201.acceptAll();
  const chargingSchedule = {
    id: 1,
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }],
  };
  await rows.say('NotifyEVChargingSchedule', { timeBase: timestamp, evseId: 1, chargingSchedule });
  const limit = { chargingLimitSource: 'EMS', isGridCritical: false };
  await rows.say('NotifyChargingLimit', {
    chargingLimit: limit,
    evseId: 1,
    chargingSchedule: [chargingSchedule],
  });
  await rows.say('ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 1 });
  await endCharge(world, charge);
  await beginReservation(world, dc201, '04B7C8D9E0F1A3');
  const { id: reservationId } = dc201.asked('ReserveNow');
  const removed = { reservationId, reservationUpdateStatus: 'Removed' };
  await rows.say('ReservationStatusUpdate', removed);
}

async function logAndSecurity(rows: MessageRows, { world, dc201 }: Place): Promise<void> {
  const timestamp = world.now().toISOString();
  await rows.say('SecurityEventNotification', { type: 'FirmwareUpdated', timestamp }, 'critical');
  const told = { type: 'SettingSystemTime', timestamp };
  await rows.say('SecurityEventNotification', told, 'not critical');
  const { pem: csr } = await aSigningRequest({ commonName: dc201.id });
  await rows.say('SignCertificate', { csr }, 'signed and sent to the charger');
  await dc201.acceptAll();
  const arrives = await beginLog(world, dc201);
  const { requestId } = dc201.asked('GetLog');
  await rows.say('LogStatusNotification', { status: 'Uploading', requestId }, 'uploading');
  arrives();
  await rows.say('LogStatusNotification', { status: 'Uploaded', requestId }, 'uploaded');
}

async function firmware(rows: MessageRows, { world, dc201 }: Place): Promise<void> {
  await beginUpdate(world, dc201);
  const { requestId } = dc201.asked('UpdateFirmware');
  for (const [status, form] of [
    ['Downloading', 'downloading'],
    ['Installed', 'installed'],
  ] as const)
    await rows.say('FirmwareStatusNotification', { status, requestId }, form);
  await askAbout(world, dc201, 'sendRawOcppMessage', {
    action: 'PublishFirmware',
    payload: {
      location: 'https://files.example.com/4.3.0.bin',
      checksum: 'a'.repeat(32),
      requestId: 9,
    },
  });
  await dc201.acceptAll();
  const location = ['https://192.0.2.7/4.3.0.bin'];
  const published = { status: 'Published', requestId: 9, location };
  await rows.say('PublishFirmwareStatusNotification', published);
}
