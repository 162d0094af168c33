import type { Dialect } from '#simulator/turn.ts';
import { answers201 } from '#simulator/v201/answers.ts';
import { authorize, authorizeResult } from '#simulator/v201/authorize.ts';
import { bootNotification, bootResult, heartbeat } from '#simulator/v201/boot.ts';
import { dropPassedMessages, nextMessageEndAt } from '#simulator/v201/display-messages.ts';
import { completed, eventResult } from '#simulator/v201/event-result.ts';
import { nextWatchAt, watchVariables } from '#simulator/v201/events.ts';
import { KNOWN_ACTIONS_201 } from '#simulator/v201/known-actions.ts';
import { factoryValue } from '#simulator/v201/model/device-model.ts';
import { useNetworkPriority } from '#simulator/v201/network-profile.ts';
import {
  certificateStatusResult,
  evCertificateResult,
  notices201,
  signCertificateResult,
} from '#simulator/v201/notices.ts';
import { settings201 } from '#simulator/v201/settings.ts';
import { connectorStatus, notifyStatus, statusResult } from '#simulator/v201/status.ts';
import {
  alignedMeter,
  ended,
  flowChanged,
  metered,
  rateChanged,
  started,
} from '#simulator/v201/transaction-event.ts';

/** OCPP 2.0.1, all functional blocks. */
export const dialect201: Dialect = {
  subprotocol: 'ocpp2.0.1',
  settings: settings201,
  factory: factoryValue,
  knownActions: KNOWN_ACTIONS_201,
  errorCodes: { format: 'FormatViolation', occurrence: 'OccurrenceConstraintViolation' },
  answersRubbish: true,
  boot: (turn) => bootNotification(turn),
  heartbeat,
  authorize,
  connectorStatus,
  stationStatus: () => null,
  notifyStatus,
  started,
  flowChanged,
  rateChanged,
  metered,
  alignedMeter,
  ended,
  notices: notices201,
  tend(turn) {
    watchVariables(turn);
    dropPassedMessages(turn);
  },
  dueAt: (state) => Math.min(nextWatchAt(state), nextMessageEndAt(state)),
  wentDown: useNetworkPriority,
  complete: completed,
  answers: answers201,
  results: {
    Authorize: authorizeResult,
    BootNotification: bootResult,
    Get15118EVCertificate: evCertificateResult,
    GetCertificateStatus: certificateStatusResult,
    SignCertificate: signCertificateResult,
    StatusNotification: statusResult,
    TransactionEvent: eventResult,
  },
};
