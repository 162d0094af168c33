import * as z from 'zod';
import { giveUpRequest } from '#simulator/certificates/signing.ts';
import { tellFirmware } from '#simulator/firmware/tell-firmware.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { variableText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { ExternalLimit } from '#simulator/store.ts';
import { keep } from '#simulator/store.ts';
import type { Notices, Payload, Turn } from '#simulator/turn.ts';

const CERTIFICATE_TYPE = { station: 'ChargingStationCertificate', v2g: 'V2GCertificate' } as const;

export const notices201: Notices = {
  firmware(turn, { requestId }, status) {
    const payload = { status, ...(requestId === null ? {} : { requestId }) };
    tellFirmware(turn, 'FirmwareStatusNotification', payload);
  },
  publishing(turn, { requestId, status, url }) {
    const location = status === 'Published' ? { location: [url] } : {};
    const payload = { status, requestId, ...location };
    enqueue(turn, { action: 'PublishFirmwareStatusNotification', payload, kept: true });
  },
  log(turn, { requestId }, status) {
    const payload = { status, ...(requestId === null ? {} : { requestId }) };
    enqueue(turn, { action: 'LogStatusNotification', payload, kept: true });
  },
  securityEvent(turn, { at, type, info }) {
    const payload = {
      type: type.slice(0, 50),
      timestamp: stamp(turn.state, at),
      ...(info === null ? {} : { techInfo: info.slice(0, 255) }),
    };
    enqueue(turn, { action: 'SecurityEventNotification', payload, kept: true });
  },
  signCertificate(turn, { use, csr }) {
    const payload = { csr, certificateType: CERTIFICATE_TYPE[use] };
    enqueue(turn, { action: 'SignCertificate', payload });
  },
  certificateStatus: (turn, ocspRequestData) =>
    enqueue(turn, { action: 'GetCertificateStatus', payload: { ocspRequestData } }),
  evCertificate(turn, { action, exiRequest, schemaVersion }) {
    const payload = { iso15118SchemaVersion: schemaVersion, action, exiRequest };
    enqueue(turn, { action: 'Get15118EVCertificate', payload });
  },
  reservationEnded(turn, { id }, reservationUpdateStatus) {
    const payload = { reservationId: id, reservationUpdateStatus };
    enqueue(turn, { action: 'ReservationStatusUpdate', payload, kept: true });
  },
  limited(turn, limit) {
    const payload = {
      chargingLimit: { chargingLimitSource: limit.source, isGridCritical: limit.source === 'SO' },
      ...evseOf(limit),
      ...scheduleOf(turn, limit),
    };
    enqueue(turn, { action: 'NotifyChargingLimit', payload, kept: true });
  },
  unlimited(turn, limit) {
    const payload = { chargingLimitSource: limit.source, ...evseOf(limit) };
    enqueue(turn, { action: 'ClearedChargingLimit', payload, kept: true });
  },
  dataTransfer(turn, { vendorId, messageId, data }) {
    const payload = {
      vendorId,
      ...(messageId === undefined ? {} : { messageId }),
      ...(data === undefined ? {} : { data }),
    };
    enqueue(turn, { action: 'DataTransfer', payload });
  },
};

const evseOf = ({ connectorId }: ExternalLimit): { evseId?: number } =>
  connectorId === 0 ? {} : { evseId: connectorId };

/** With the limit as a schedule, where the platform wants that [NotifyChargingLimitWithSchedules]. */
function scheduleOf(turn: Turn, { watts }: ExternalLimit): Payload {
  const name = 'SmartChargingCtrlr.NotifyChargingLimitWithSchedules';
  if (variableText(turn, name) !== 'true') return {};
  const chargingSchedulePeriod = [{ startPeriod: 0, limit: watts }];
  return {
    chargingSchedule: [
      {
        id: 1,
        startSchedule: stamp(turn.state, turn.now),
        chargingRateUnit: 'W',
        chargingSchedulePeriod,
      },
    ],
  };
}

export const signCertificateResult = onResult(
  z.object({ status: z.string() }),
  (turn, _connectorId, result) => {
    if (result && result.status !== 'Accepted') giveUpRequest(turn);
  },
);

export const certificateStatusResult = onResult(
  z.object({ ocspResult: z.string().optional() }),
  ({ state }, _connectorId, result) => keep(state, { ocspResult: result?.ocspResult ?? null }),
);

export const evCertificateResult = onResult(
  z.object({ exiResponse: z.string() }),
  ({ state }, _connectorId, result) => keep(state, { exiResponse: result?.exiResponse ?? null }),
);
