import type { Outbound } from '#shared/ocpp/action.ts';
import { changeAvailability } from '#shared/ocpp/v16/core/change-availability.ts';
import { changeConfiguration } from '#shared/ocpp/v16/core/change-configuration.ts';
import { clearCache } from '#shared/ocpp/v16/core/clear-cache.ts';
import { getConfiguration } from '#shared/ocpp/v16/core/get-configuration.ts';
import { remoteStartTransaction } from '#shared/ocpp/v16/core/remote-start-transaction.ts';
import { remoteStopTransaction } from '#shared/ocpp/v16/core/remote-stop-transaction.ts';
import { reset } from '#shared/ocpp/v16/core/reset.ts';
import { sendDataTransfer } from '#shared/ocpp/v16/core/send-data-transfer.ts';
import { unlockConnector } from '#shared/ocpp/v16/core/unlock-connector.ts';
import { getDiagnostics } from '#shared/ocpp/v16/firmware/get-diagnostics.ts';
import { updateFirmware } from '#shared/ocpp/v16/firmware/update-firmware.ts';
import { getLocalListVersion } from '#shared/ocpp/v16/local-auth/get-local-list-version.ts';
import { sendLocalList } from '#shared/ocpp/v16/local-auth/send-local-list.ts';
import { pncCertificateSigned } from '#shared/ocpp/v16/pnc/certificate-signed.ts';
import { pncDeleteCertificate } from '#shared/ocpp/v16/pnc/delete-certificate.ts';
import { pncGetInstalledCertificateIds } from '#shared/ocpp/v16/pnc/get-installed-certificate-ids.ts';
import { pncInstallCertificate } from '#shared/ocpp/v16/pnc/install-certificate.ts';
import { pncTriggerMessage } from '#shared/ocpp/v16/pnc/trigger-message.ts';
import { triggerMessage } from '#shared/ocpp/v16/remote-trigger/trigger-message.ts';
import { cancelReservation } from '#shared/ocpp/v16/reservation/cancel-reservation.ts';
import { reserveNow } from '#shared/ocpp/v16/reservation/reserve-now.ts';
import { certificateSigned } from '#shared/ocpp/v16/security/certificate-signed.ts';
import { deleteCertificate } from '#shared/ocpp/v16/security/delete-certificate.ts';
import { extendedTriggerMessage } from '#shared/ocpp/v16/security/extended-trigger-message.ts';
import { getInstalledCertificateIds } from '#shared/ocpp/v16/security/get-installed-certificate-ids.ts';
import { getLog } from '#shared/ocpp/v16/security/get-log.ts';
import { installCertificate } from '#shared/ocpp/v16/security/install-certificate.ts';
import { signedUpdateFirmware } from '#shared/ocpp/v16/security/signed-update-firmware.ts';
import { clearChargingProfile } from '#shared/ocpp/v16/smart-charging/clear-charging-profile.ts';
import { getCompositeSchedule } from '#shared/ocpp/v16/smart-charging/get-composite-schedule.ts';
import { setChargingProfile } from '#shared/ocpp/v16/smart-charging/set-charging-profile.ts';

/** What we can say in OCPP 1.6. */
export const outbound16: readonly Outbound[] = [
  clearChargingProfile,
  getCompositeSchedule,
  setChargingProfile,
  cancelReservation,
  certificateSigned,
  changeAvailability,
  changeConfiguration,
  clearCache,
  deleteCertificate,
  // Before TriggerMessage: what both could ask for, this one asks in newer words.
  extendedTriggerMessage,
  getConfiguration,
  getDiagnostics,
  getInstalledCertificateIds,
  getLocalListVersion,
  getLog,
  installCertificate,
  pncCertificateSigned,
  pncDeleteCertificate,
  pncGetInstalledCertificateIds,
  pncInstallCertificate,
  pncTriggerMessage,
  remoteStartTransaction,
  remoteStopTransaction,
  reserveNow,
  reset,
  sendDataTransfer,
  sendLocalList,
  signedUpdateFirmware,
  triggerMessage,
  unlockConnector,
  updateFirmware,
];
