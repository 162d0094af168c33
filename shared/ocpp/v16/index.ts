import type { Protocol } from '#shared/ocpp/action.ts';
import { authorize } from '#shared/ocpp/v16/core/authorize.ts';
import { bootNotification } from '#shared/ocpp/v16/core/boot-notification.ts';
import { dataTransfer } from '#shared/ocpp/v16/core/data-transfer.ts';
import { heartbeat } from '#shared/ocpp/v16/core/heartbeat.ts';
import { meterValues } from '#shared/ocpp/v16/core/meter-values.ts';
import { startTransaction } from '#shared/ocpp/v16/core/start-transaction.ts';
import { statusNotification } from '#shared/ocpp/v16/core/status-notification.ts';
import { stopTransaction } from '#shared/ocpp/v16/core/stop-transaction.ts';
import { diagnosticsStatusNotification } from '#shared/ocpp/v16/firmware/diagnostics-status-notification.ts';
import { firmwareStatusNotification } from '#shared/ocpp/v16/firmware/firmware-status-notification.ts';
import { outbound16 } from '#shared/ocpp/v16/outbound.ts';
import { logStatusNotification } from '#shared/ocpp/v16/security/log-status-notification.ts';
import { securityEventNotification } from '#shared/ocpp/v16/security/security-event-notification.ts';
import { signCertificate } from '#shared/ocpp/v16/security/sign-certificate.ts';
import { signedFirmwareStatusNotification } from '#shared/ocpp/v16/security/signed-firmware-status-notification.ts';

/** OCPP 1.6: a test compares this list with the folder. */
export const ocpp16: Protocol = {
  version: 'ocpp1.6',
  inbound: [
    authorize,
    bootNotification,
    dataTransfer,
    diagnosticsStatusNotification,
    firmwareStatusNotification,
    heartbeat,
    logStatusNotification,
    meterValues,
    securityEventNotification,
    signCertificate,
    signedFirmwareStatusNotification,
    startTransaction,
    statusNotification,
    stopTransaction,
  ],
  outbound: outbound16,
};
