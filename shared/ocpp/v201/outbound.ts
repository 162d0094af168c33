import type { Outbound } from '#shared/ocpp/action.ts';
import { clearCache } from '#shared/ocpp/v201/authorization/clear-cache.ts';
import { changeAvailability } from '#shared/ocpp/v201/availability/change-availability.ts';
import { sendDataTransfer } from '#shared/ocpp/v201/data-transfer/data-transfer.ts';
import { clearVariableMonitoring } from '#shared/ocpp/v201/diagnostics/clear-variable-monitoring.ts';
import {
  customerInformation,
  eraseCustomer,
} from '#shared/ocpp/v201/diagnostics/customer-information.ts';
import { getLog } from '#shared/ocpp/v201/diagnostics/get-log.ts';
import { getMonitoringReport } from '#shared/ocpp/v201/diagnostics/get-monitoring-report.ts';
import { setMonitoringBase } from '#shared/ocpp/v201/diagnostics/set-monitoring-base.ts';
import { setMonitoringLevel } from '#shared/ocpp/v201/diagnostics/set-monitoring-level.ts';
import { setVariableMonitoring } from '#shared/ocpp/v201/diagnostics/set-variable-monitoring.ts';
import { clearDisplayMessage } from '#shared/ocpp/v201/display/clear-display-message.ts';
import { getDisplayMessages } from '#shared/ocpp/v201/display/get-display-messages.ts';
import { setDisplayMessage } from '#shared/ocpp/v201/display/set-display-message.ts';
import { publishFirmware } from '#shared/ocpp/v201/firmware/publish-firmware.ts';
import { unpublishFirmware } from '#shared/ocpp/v201/firmware/unpublish-firmware.ts';
import { updateFirmware } from '#shared/ocpp/v201/firmware/update-firmware.ts';
import { deleteCertificate } from '#shared/ocpp/v201/iso15118/delete-certificate.ts';
import { getInstalledCertificateIds } from '#shared/ocpp/v201/iso15118/get-installed-certificate-ids.ts';
import { installCertificate } from '#shared/ocpp/v201/iso15118/install-certificate.ts';
import { getLocalListVersion } from '#shared/ocpp/v201/local-auth/get-local-list-version.ts';
import { sendLocalList } from '#shared/ocpp/v201/local-auth/send-local-list.ts';
import { getBaseReport } from '#shared/ocpp/v201/provisioning/get-base-report.ts';
import { getReport } from '#shared/ocpp/v201/provisioning/get-report.ts';
import { getVariables } from '#shared/ocpp/v201/provisioning/get-variables.ts';
import { reset } from '#shared/ocpp/v201/provisioning/reset.ts';
import { setNetworkProfile } from '#shared/ocpp/v201/provisioning/set-network-profile.ts';
import { setVariables } from '#shared/ocpp/v201/provisioning/set-variables.ts';
import { requestStartTransaction } from '#shared/ocpp/v201/remote-control/request-start-transaction.ts';
import { requestStopTransaction } from '#shared/ocpp/v201/remote-control/request-stop-transaction.ts';
import { triggerMessage } from '#shared/ocpp/v201/remote-control/trigger-message.ts';
import { unlockConnector } from '#shared/ocpp/v201/remote-control/unlock-connector.ts';
import { cancelReservation } from '#shared/ocpp/v201/reservation/cancel-reservation.ts';
import { reserveNow } from '#shared/ocpp/v201/reservation/reserve-now.ts';
import { certificateSigned } from '#shared/ocpp/v201/security/certificate-signed.ts';
import { clearChargingProfile } from '#shared/ocpp/v201/smart-charging/clear-charging-profile.ts';
import { getChargingProfiles } from '#shared/ocpp/v201/smart-charging/get-charging-profiles.ts';
import { getCompositeSchedule } from '#shared/ocpp/v201/smart-charging/get-composite-schedule.ts';
import { setChargingProfile } from '#shared/ocpp/v201/smart-charging/set-charging-profile.ts';
import { costUpdated } from '#shared/ocpp/v201/tariff-and-cost/cost-updated.ts';
import { getTransactionStatus } from '#shared/ocpp/v201/transactions/get-transaction-status.ts';

/** What we can say in OCPP 2.0.1. */
export const outbound201: readonly Outbound[] = [
  clearChargingProfile,
  getChargingProfiles,
  getCompositeSchedule,
  setChargingProfile,
  cancelReservation,
  certificateSigned,
  changeAvailability,
  clearCache,
  clearDisplayMessage,
  clearVariableMonitoring,
  costUpdated,
  customerInformation,
  eraseCustomer,
  deleteCertificate,
  getBaseReport,
  getDisplayMessages,
  getLocalListVersion,
  getInstalledCertificateIds,
  getLog,
  getMonitoringReport,
  getReport,
  getTransactionStatus,
  getVariables,
  installCertificate,
  publishFirmware,
  requestStartTransaction,
  requestStopTransaction,
  reserveNow,
  reset,
  sendDataTransfer,
  sendLocalList,
  setDisplayMessage,
  setMonitoringBase,
  setMonitoringLevel,
  setNetworkProfile,
  setVariableMonitoring,
  setVariables,
  triggerMessage,
  unlockConnector,
  unpublishFirmware,
  updateFirmware,
];
