import type { Protocol } from '#shared/ocpp/action.ts';
import { authorize } from '#shared/ocpp/v16/core/authorize.ts';
import { bootNotification } from '#shared/ocpp/v16/core/boot-notification.ts';
import { changeAvailability } from '#shared/ocpp/v16/core/change-availability.ts';
import { changeConfiguration } from '#shared/ocpp/v16/core/change-configuration.ts';
import { clearCache } from '#shared/ocpp/v16/core/clear-cache.ts';
import { dataTransfer, sendDataTransfer } from '#shared/ocpp/v16/core/data-transfer.ts';
import { getConfiguration } from '#shared/ocpp/v16/core/get-configuration.ts';
import { heartbeat } from '#shared/ocpp/v16/core/heartbeat.ts';
import { meterValues } from '#shared/ocpp/v16/core/meter-values.ts';
import { remoteStartTransaction } from '#shared/ocpp/v16/core/remote-start-transaction.ts';
import { remoteStopTransaction } from '#shared/ocpp/v16/core/remote-stop-transaction.ts';
import { reset } from '#shared/ocpp/v16/core/reset.ts';
import { startTransaction } from '#shared/ocpp/v16/core/start-transaction.ts';
import { statusNotification } from '#shared/ocpp/v16/core/status-notification.ts';
import { stopTransaction } from '#shared/ocpp/v16/core/stop-transaction.ts';
import { unlockConnector } from '#shared/ocpp/v16/core/unlock-connector.ts';
import { triggerMessage } from '#shared/ocpp/v16/remote-trigger/trigger-message.ts';

/** OCPP 1.6: a test compares this list with the folder. */
export const ocpp16: Protocol = {
  version: 'ocpp1.6',
  inbound: [
    authorize,
    bootNotification,
    dataTransfer,
    heartbeat,
    meterValues,
    startTransaction,
    statusNotification,
    stopTransaction,
  ],
  outbound: [
    changeAvailability,
    changeConfiguration,
    clearCache,
    getConfiguration,
    remoteStartTransaction,
    remoteStopTransaction,
    reset,
    sendDataTransfer,
    triggerMessage,
    unlockConnector,
  ],
};
