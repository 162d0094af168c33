import type { Dialect } from '#simulator/turn.ts';
import { authorize, authorizeResult } from '#simulator/v201/authorize.ts';
import { getBaseReport } from '#simulator/v201/base-report.ts';
import { bootNotification, bootResult, heartbeat } from '#simulator/v201/boot.ts';
import { factoryModel } from '#simulator/v201/device-model.ts';
import { KNOWN_ACTIONS_201 } from '#simulator/v201/known-actions.ts';
import {
  changeAvailability201,
  clearCache,
  dataTransfer,
  reset,
  unlockConnector,
} from '#simulator/v201/operations.ts';
import {
  getTransactionStatus,
  requestStartTransaction,
  requestStopTransaction,
} from '#simulator/v201/request-transactions.ts';
import { connectorStatus, notifyStatus, statusResult } from '#simulator/v201/status.ts';
import {
  completed,
  ended,
  eventResult,
  flowChanged,
  metered,
  started,
} from '#simulator/v201/transaction-event.ts';
import { triggerMessage } from '#simulator/v201/trigger-message.ts';
import { getVariables, setVariables } from '#simulator/v201/variables.ts';

/** OCPP 2.0.1: boot, transactions, remote control and a small device model. */
export const dialect201: Dialect = {
  subprotocol: 'ocpp2.0.1',
  variables: ({ spec }) => factoryModel(spec),
  settings: {
    heartbeatSeconds: 'OCPPCommCtrlr.HeartbeatInterval',
    sampleSeconds: 'SampledDataCtrlr.TxUpdatedInterval',
    connectionTimeoutSeconds: 'TxCtrlr.EVConnectionTimeOut',
    authorizeRemoteStart: 'AuthCtrlr.AuthorizeRemoteStart',
    stopOnInvalidTag: 'TxCtrlr.StopTxOnInvalidId',
    offlineKnownTags: 'AuthCtrlr.LocalAuthorizeOffline',
    offlineUnknownTags: 'AuthCtrlr.OfflineTxForUnknownIdEnabled',
    messageAttempts: 'OCPPCommCtrlr.MessageAttempts[TransactionEvent]',
    messageRetrySeconds: 'OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]',
    pingSeconds: 'OCPPCommCtrlr.WebSocketPingInterval',
    measurands: 'SampledDataCtrlr.TxUpdatedMeasurands',
    password: 'SecurityCtrlr.BasicAuthPassword',
  },
  knownActions: KNOWN_ACTIONS_201,
  errorCodes: { format: 'FormatViolation', occurrence: 'OccurrenceConstraintViolation' },
  answersRubbish: true,
  boot: (turn) => bootNotification(turn),
  heartbeat: (turn) => heartbeat(turn),
  authorize,
  connectorStatus,
  stationStatus: () => null,
  notifyStatus,
  started,
  flowChanged,
  metered,
  ended,
  complete: completed,
  answers: {
    ChangeAvailability: changeAvailability201,
    ClearCache: clearCache,
    DataTransfer: dataTransfer,
    GetBaseReport: getBaseReport,
    GetTransactionStatus: getTransactionStatus,
    GetVariables: getVariables,
    RequestStartTransaction: requestStartTransaction,
    RequestStopTransaction: requestStopTransaction,
    Reset: reset,
    SetVariables: setVariables,
    TriggerMessage: triggerMessage,
    UnlockConnector: unlockConnector,
  },
  results: {
    Authorize: authorizeResult,
    BootNotification: bootResult,
    StatusNotification: statusResult,
    TransactionEvent: eventResult,
  },
};
