import type { Dialect } from '#simulator/turn.ts';
import { answers16 } from '#simulator/v16/answers.ts';
import { authorize, authorizeResult } from '#simulator/v16/authorize.ts';
import { bootNotification, bootResult, heartbeat } from '#simulator/v16/boot.ts';
import { factoryValue } from '#simulator/v16/configuration-keys.ts';
import { KNOWN_ACTIONS_16 } from '#simulator/v16/known-actions.ts';
import { notices16, signCertificateResult } from '#simulator/v16/notices.ts';
import { dataTransferResult } from '#simulator/v16/pnc-calls.ts';
import { settings16 } from '#simulator/v16/settings.ts';
import {
  connectorStatus,
  notifyStatus,
  stationStatus,
  statusResult,
} from '#simulator/v16/status.ts';
import {
  alignedMeter,
  forgetId,
  meterValues,
  startResult,
  startTransaction,
  stopTransaction,
  withTransactionId,
} from '#simulator/v16/transactions.ts';

/** OCPP 1.6J, all profiles, with the security extension. */
export const dialect16: Dialect = {
  subprotocol: 'ocpp1.6',
  settings: settings16,
  factory: factoryValue,
  knownActions: KNOWN_ACTIONS_16,
  errorCodes: { format: 'FormationViolation', occurrence: 'OccurenceConstraintViolation' },
  answersRubbish: false,
  boot: bootNotification,
  heartbeat,
  authorize,
  connectorStatus,
  stationStatus,
  notifyStatus,
  started: startTransaction,
  flowChanged: () => {},
  rateChanged: () => {},
  metered: meterValues,
  alignedMeter,
  ended: stopTransaction,
  notices: notices16,
  tend: () => {},
  dueAt: () => Number.POSITIVE_INFINITY,
  wentDown: () => {},
  complete: withTransactionId,
  answers: answers16,
  results: {
    Authorize: authorizeResult,
    BootNotification: bootResult,
    DataTransfer: dataTransferResult,
    MeterValues: forgetId,
    SignCertificate: signCertificateResult,
    StartTransaction: startResult,
    StatusNotification: statusResult,
    StopTransaction: forgetId,
  },
};
