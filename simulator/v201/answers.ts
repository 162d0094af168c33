import { getLog } from '#simulator/logs/get-log.ts';
import type { Answer } from '#simulator/turn.ts';
import {
  certificateSigned,
  deleteCertificate,
  getInstalledCertificateIds,
  installCertificate,
} from '#simulator/v201/certificates.ts';
import {
  clearChargingProfile,
  getChargingProfiles,
  getCompositeSchedule,
  setChargingProfile,
} from '#simulator/v201/charging-profiles.ts';
import { costUpdated } from '#simulator/v201/cost-updated.ts';
import { customerInformation } from '#simulator/v201/customer-information.ts';
import {
  clearDisplayMessage,
  getDisplayMessages,
  setDisplayMessage,
} from '#simulator/v201/display-messages.ts';
import { publishFirmware, unpublishFirmware, updateFirmware } from '#simulator/v201/firmware.ts';
import type { KNOWN_ACTIONS_201 } from '#simulator/v201/known-actions.ts';
import { getLocalListVersion, sendLocalList } from '#simulator/v201/local-list.ts';
import {
  clearVariableMonitoring,
  getMonitoringReport,
  setMonitoringBase,
  setMonitoringLevel,
  setVariableMonitoring,
} from '#simulator/v201/monitors.ts';
import { setNetworkProfile } from '#simulator/v201/network-profile.ts';
import {
  changeAvailability201,
  clearCache,
  dataTransfer,
  reset,
  unlockConnector,
} from '#simulator/v201/operations.ts';
import { getBaseReport, getReport } from '#simulator/v201/reports.ts';
import {
  getTransactionStatus,
  requestStartTransaction,
  requestStopTransaction,
} from '#simulator/v201/request-transactions.ts';
import { cancelReservation201, reserveNow } from '#simulator/v201/reservations.ts';
import { triggerMessage } from '#simulator/v201/trigger-message.ts';
import { getVariables, setVariables } from '#simulator/v201/variables.ts';

/** An answer to every action of the platform's. */
export const answers201: Record<(typeof KNOWN_ACTIONS_201)[number], Answer> = {
  CancelReservation: cancelReservation201,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability201,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  ClearDisplayMessage: clearDisplayMessage,
  ClearVariableMonitoring: clearVariableMonitoring,
  CostUpdated: costUpdated,
  CustomerInformation: customerInformation,
  DataTransfer: dataTransfer,
  DeleteCertificate: deleteCertificate,
  GetBaseReport: getBaseReport,
  GetChargingProfiles: getChargingProfiles,
  GetCompositeSchedule: getCompositeSchedule,
  GetDisplayMessages: getDisplayMessages,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  GetMonitoringReport: getMonitoringReport,
  GetReport: getReport,
  GetTransactionStatus: getTransactionStatus,
  GetVariables: getVariables,
  InstallCertificate: installCertificate,
  PublishFirmware: publishFirmware,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: requestStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SetDisplayMessage: setDisplayMessage,
  SetMonitoringBase: setMonitoringBase,
  SetMonitoringLevel: setMonitoringLevel,
  SetNetworkProfile: setNetworkProfile,
  SetVariableMonitoring: setVariableMonitoring,
  SetVariables: setVariables,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UnpublishFirmware: unpublishFirmware,
  UpdateFirmware: updateFirmware,
};
