import type { Dialect } from '#simulator/turn.ts';
import { authorize, authorizeResult } from '#simulator/v16/authorize.ts';
import { bootNotification, bootResult, heartbeat } from '#simulator/v16/boot.ts';
import { changeConfiguration, getConfiguration } from '#simulator/v16/configuration.ts';
import { factoryConfiguration } from '#simulator/v16/configuration-keys.ts';
import { KNOWN_ACTIONS_16 } from '#simulator/v16/known-actions.ts';
import {
  changeAvailability16,
  clearCache,
  dataTransfer,
  reset,
  unlockConnector,
} from '#simulator/v16/operations.ts';
import {
  remoteStartTransaction,
  remoteStopTransaction,
} from '#simulator/v16/remote-transactions.ts';
import {
  connectorStatus,
  notifyStatus,
  stationStatus,
  statusResult,
} from '#simulator/v16/status.ts';
import {
  forgetId,
  meterValues,
  startResult,
  startTransaction,
  stopTransaction,
  withTransactionId,
} from '#simulator/v16/transactions.ts';
import { triggerMessage } from '#simulator/v16/trigger-message.ts';

/** OCPP 1.6J: the Core and RemoteTrigger profiles. */
export const dialect16: Dialect = {
  subprotocol: 'ocpp1.6',
  variables: ({ spec }) => factoryConfiguration(spec),
  settings: {
    heartbeatSeconds: 'HeartbeatInterval',
    sampleSeconds: 'MeterValueSampleInterval',
    connectionTimeoutSeconds: 'ConnectionTimeOut',
    authorizeRemoteStart: 'AuthorizeRemoteTxRequests',
    stopOnInvalidTag: 'StopTransactionOnInvalidId',
    offlineKnownTags: 'LocalAuthorizeOffline',
    offlineUnknownTags: 'AllowOfflineTxForUnknownId',
    messageAttempts: 'TransactionMessageAttempts',
    messageRetrySeconds: 'TransactionMessageRetryInterval',
    pingSeconds: 'WebSocketPingInterval',
    measurands: 'MeterValuesSampledData',
    password: 'AuthorizationKey',
  },
  knownActions: KNOWN_ACTIONS_16,
  errorCodes: { format: 'FormationViolation', occurrence: 'OccurenceConstraintViolation' },
  answersRubbish: false,
  boot: bootNotification,
  heartbeat: (turn) => heartbeat(turn),
  authorize,
  connectorStatus,
  stationStatus,
  notifyStatus,
  started: startTransaction,
  flowChanged: () => {},
  metered: meterValues,
  ended: stopTransaction,
  complete: withTransactionId,
  answers: {
    ChangeAvailability: changeAvailability16,
    ChangeConfiguration: changeConfiguration,
    ClearCache: clearCache,
    DataTransfer: dataTransfer,
    GetConfiguration: getConfiguration,
    RemoteStartTransaction: remoteStartTransaction,
    RemoteStopTransaction: remoteStopTransaction,
    Reset: reset,
    TriggerMessage: triggerMessage,
    UnlockConnector: unlockConnector,
  },
  results: {
    Authorize: authorizeResult,
    BootNotification: bootResult,
    MeterValues: forgetId,
    StartTransaction: startResult,
    StatusNotification: statusResult,
    StopTransaction: forgetId,
  },
};
