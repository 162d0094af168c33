import type { Protocol } from '#shared/ocpp/action.ts';
import { authorize } from '#shared/ocpp/v201/authorization/authorize.ts';
import { heartbeat } from '#shared/ocpp/v201/availability/heartbeat.ts';
import { statusNotification } from '#shared/ocpp/v201/availability/status-notification.ts';
import { dataTransfer } from '#shared/ocpp/v201/data-transfer/data-transfer.ts';
import { logStatusNotification } from '#shared/ocpp/v201/diagnostics/log-status-notification.ts';
import { notifyCustomerInformation } from '#shared/ocpp/v201/diagnostics/notify-customer-information.ts';
import { notifyEvent } from '#shared/ocpp/v201/diagnostics/notify-event.ts';
import { notifyMonitoringReport } from '#shared/ocpp/v201/diagnostics/notify-monitoring-report.ts';
import { notifyDisplayMessages } from '#shared/ocpp/v201/display/notify-display-messages.ts';
import { firmwareStatusNotification } from '#shared/ocpp/v201/firmware/firmware-status-notification.ts';
import { publishFirmwareStatusNotification } from '#shared/ocpp/v201/firmware/publish-firmware-status-notification.ts';
import { get15118EvCertificate } from '#shared/ocpp/v201/iso15118/get-15118-ev-certificate.ts';
import { getCertificateStatus } from '#shared/ocpp/v201/iso15118/get-certificate-status.ts';
import { meterValues } from '#shared/ocpp/v201/metering/meter-values.ts';
import { outbound201 } from '#shared/ocpp/v201/outbound.ts';
import { bootNotification } from '#shared/ocpp/v201/provisioning/boot-notification.ts';
import { notifyReport } from '#shared/ocpp/v201/provisioning/notify-report.ts';
import { reservationStatusUpdate } from '#shared/ocpp/v201/reservation/reservation-status-update.ts';
import { securityEventNotification } from '#shared/ocpp/v201/security/security-event-notification.ts';
import { signCertificate } from '#shared/ocpp/v201/security/sign-certificate.ts';
import { clearedChargingLimit } from '#shared/ocpp/v201/smart-charging/cleared-charging-limit.ts';
import { notifyChargingLimit } from '#shared/ocpp/v201/smart-charging/notify-charging-limit.ts';
import { notifyEvChargingNeeds } from '#shared/ocpp/v201/smart-charging/notify-ev-charging-needs.ts';
import { notifyEvChargingSchedule } from '#shared/ocpp/v201/smart-charging/notify-ev-charging-schedule.ts';
import { reportChargingProfiles } from '#shared/ocpp/v201/smart-charging/report-charging-profiles.ts';
import { transactionEvent } from '#shared/ocpp/v201/transactions/transaction-event.ts';

/** OCPP 2.0.1: a test compares this list with the folder. */
export const ocpp201: Protocol = {
  version: 'ocpp2.0.1',
  inbound: [
    clearedChargingLimit,
    notifyChargingLimit,
    notifyEvChargingNeeds,
    notifyEvChargingSchedule,
    reportChargingProfiles,
    authorize,
    bootNotification,
    dataTransfer,
    firmwareStatusNotification,
    get15118EvCertificate,
    getCertificateStatus,
    heartbeat,
    logStatusNotification,
    meterValues,
    notifyCustomerInformation,
    notifyDisplayMessages,
    notifyEvent,
    notifyMonitoringReport,
    notifyReport,
    publishFirmwareStatusNotification,
    reservationStatusUpdate,
    securityEventNotification,
    signCertificate,
    statusNotification,
    transactionEvent,
  ],
  outbound: outbound201,
};
