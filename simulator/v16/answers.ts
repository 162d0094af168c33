import { getLog } from '#simulator/logs/get-log.ts';
import type { Answer } from '#simulator/turn.ts';
import {
  certificateSigned,
  deleteCertificate,
  getInstalledCertificateIds,
  installCertificate,
} from '#simulator/v16/certificates.ts';
import {
  clearChargingProfile,
  getCompositeSchedule,
  setChargingProfile,
} from '#simulator/v16/charging-profiles.ts';
import { changeConfiguration, getConfiguration } from '#simulator/v16/configuration.ts';
import { signedUpdateFirmware, updateFirmware16 } from '#simulator/v16/firmware.ts';
import { getDiagnostics } from '#simulator/v16/get-diagnostics.ts';
import type { KNOWN_ACTIONS_16 } from '#simulator/v16/known-actions.ts';
import { getLocalListVersion, sendLocalList } from '#simulator/v16/local-list.ts';
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
import { cancelReservation16, reserveNow } from '#simulator/v16/reservations.ts';
import { extendedTriggerMessage, triggerMessage } from '#simulator/v16/trigger-message.ts';

/** An answer to every action of the platform's. */
export const answers16: Record<(typeof KNOWN_ACTIONS_16)[number], Answer> = {
  CancelReservation: cancelReservation16,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability16,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: dataTransfer,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: extendedTriggerMessage,
  GetCompositeSchedule: getCompositeSchedule,
  GetConfiguration: getConfiguration,
  GetDiagnostics: getDiagnostics,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SignedUpdateFirmware: signedUpdateFirmware,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UpdateFirmware: updateFirmware16,
};
