import { describe } from 'vitest';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { describeCertificates } from '#test/scenarios/actions/certificates.ts';
import {
  describeCompleteness,
  describePncCompleteness,
} from '#test/scenarios/actions/completeness.ts';
import { describeConfiguration16 } from '#test/scenarios/actions/configuration-16.ts';
import { describeEveryday, describeTriggers } from '#test/scenarios/actions/everyday.ts';
import { describeFiles } from '#test/scenarios/actions/files.ts';
import { describeLocalList } from '#test/scenarios/actions/local-list.ts';
import { describePlugAndCharge } from '#test/scenarios/actions/plug-and-charge.ts';
import { describeProfiles } from '#test/scenarios/actions/profiles.ts';
import { describeReservations } from '#test/scenarios/actions/reservations.ts';
import { duoCharger } from '#test/support/duo-charger.ts';
import { pncServices } from '#test/support/pnc-services.ts';
import { aStage } from '#test/support/stage.ts';

const services = pncServices();
const stage = aStage({
  prepare: (dataDir) => services.open(dataDir),
  charger: { ...duoCharger('PLAY-16', '1.6'), plugAndCharge: true },
  securityEvents: true,
});

describe('every action of OCPP 1.6, over a real socket', () => {
  describeEveryday(stage);
  describeConfiguration16(stage);
  describeTriggers(stage, [
    ['boot', 'BootNotification'],
    ['heartbeat', 'Heartbeat'],
    ['status', 'StatusNotification'],
    ['meter_values', 'MeterValues'],
    ['firmware_status', 'FirmwareStatusNotification'],
    ['log_status', 'LogStatusNotification'],
    ['certificate_signing', 'SignCertificate'],
  ]);
  describeReservations(stage);
  describeLocalList(stage);
  describeFiles(stage);
  describePlugAndCharge(stage, services);
  describeCertificates(stage);
  describeProfiles(stage);
  describeCompleteness(stage, ocpp16);
  describePncCompleteness(stage);
});
