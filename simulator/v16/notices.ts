import * as z from 'zod';
import { giveUpRequest } from '#simulator/certificates/signing.ts';
import { tellFirmware } from '#simulator/firmware/tell-firmware.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Notices, Turn } from '#simulator/turn.ts';
import { firmwareWord } from '#simulator/v16/firmware-status.ts';
import {
  askCertificateStatus,
  askEvCertificate,
  askV2gSignature,
} from '#simulator/v16/pnc-calls.ts';

/** What 1.6 calls the security events that 2.0.1 named anew. */
const EVENT_16: Record<string, string> = {
  InvalidCsmsCertificate: 'InvalidCentralSystemCertificate',
  InvalidChargingStationCertificate: 'InvalidChargePointCertificate',
};

/** 1.6 tells of logs in one message or the other, by who asked for them. */
const DIAGNOSTICS_STATUS: Record<string, string> = {
  Uploading: 'Uploading',
  Uploaded: 'Uploaded',
};

export const notices16: Notices = {
  firmware(turn, { signed, requestId }, status) {
    const word = firmwareWord(signed, status);
    if (word === null) return;
    const action = signed ? 'SignedFirmwareStatusNotification' : 'FirmwareStatusNotification';
    tellFirmware(turn, action, {
      status: word,
      ...(signed && requestId !== null ? { requestId } : {}),
    });
  },
  publishing: () => {},
  log(turn, job, status) {
    if (status === 'AcceptedCanceled') return;
    if (job.requestId === null) {
      const payload = { status: DIAGNOSTICS_STATUS[status] ?? 'UploadFailed' };
      enqueue(turn, { action: 'DiagnosticsStatusNotification', payload, kept: true });
      return;
    }
    const payload = { status, requestId: job.requestId };
    enqueue(turn, { action: 'LogStatusNotification', payload, kept: true });
  },
  securityEvent(turn, { at, type, info }) {
    const payload = {
      type: (EVENT_16[type] ?? type).slice(0, 50),
      timestamp: stamp(turn.state, at),
      ...(info === null ? {} : { techInfo: info.slice(0, 255) }),
    };
    enqueue(turn, { action: 'SecurityEventNotification', payload, kept: true });
  },
  signCertificate(turn, { use, csr }) {
    if (use === 'v2g') askV2gSignature(turn, csr ?? '');
    else enqueue(turn, { action: 'SignCertificate', payload: { csr } });
  },
  certificateStatus: askCertificateStatus,
  evCertificate: askEvCertificate,
  reservationEnded: () => {},
  limited: () => {},
  unlimited: () => {},
  dataTransfer(turn, { vendorId, messageId, data }) {
    const payload = {
      vendorId,
      ...(messageId === undefined ? {} : { messageId }),
      ...(data === undefined ? {} : { data: textual(turn, data) }),
    };
    enqueue(turn, { action: 'DataTransfer', payload });
  },
};

/** Data is text in 1.6, whatever it means; some chargers put the object itself there. */
const textual = ({ state }: Turn, data: unknown): unknown =>
  typeof data === 'string' || state.misbehave.objectInDataTransfer ? data : JSON.stringify(data);

export const signCertificateResult = onResult(
  z.object({ status: z.string() }),
  (turn, _connectorId, result) => {
    if (result && result.status !== 'Accepted') giveUpRequest(turn);
  },
);
