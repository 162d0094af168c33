import type { Protocol } from '#shared/ocpp/action.ts';
import { authorize } from '#shared/ocpp/v201/authorization/authorize.ts';
import { clearCache } from '#shared/ocpp/v201/authorization/clear-cache.ts';
import { changeAvailability } from '#shared/ocpp/v201/availability/change-availability.ts';
import { heartbeat } from '#shared/ocpp/v201/availability/heartbeat.ts';
import { statusNotification } from '#shared/ocpp/v201/availability/status-notification.ts';
import { dataTransfer, sendDataTransfer } from '#shared/ocpp/v201/data-transfer/data-transfer.ts';
import { meterValues } from '#shared/ocpp/v201/metering/meter-values.ts';
import { bootNotification } from '#shared/ocpp/v201/provisioning/boot-notification.ts';
import { getVariables } from '#shared/ocpp/v201/provisioning/get-variables.ts';
import { reset } from '#shared/ocpp/v201/provisioning/reset.ts';
import { setVariables } from '#shared/ocpp/v201/provisioning/set-variables.ts';
import { requestStartTransaction } from '#shared/ocpp/v201/remote-control/request-start-transaction.ts';
import { requestStopTransaction } from '#shared/ocpp/v201/remote-control/request-stop-transaction.ts';
import { triggerMessage } from '#shared/ocpp/v201/remote-control/trigger-message.ts';
import { unlockConnector } from '#shared/ocpp/v201/remote-control/unlock-connector.ts';
import { transactionEvent } from '#shared/ocpp/v201/transactions/transaction-event.ts';

/** OCPP 2.0.1: a test compares this list with the folder. */
export const ocpp201: Protocol = {
  version: 'ocpp2.0.1',
  inbound: [
    authorize,
    bootNotification,
    dataTransfer,
    heartbeat,
    meterValues,
    statusNotification,
    transactionEvent,
  ],
  outbound: [
    changeAvailability,
    clearCache,
    getVariables,
    requestStartTransaction,
    requestStopTransaction,
    reset,
    sendDataTransfer,
    setVariables,
    triggerMessage,
    unlockConnector,
  ],
};
