import { describe } from 'vitest';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import { describeCertificates } from '#test/scenarios/actions/certificates.ts';
import { describeCompleteness } from '#test/scenarios/actions/completeness.ts';
import { describeCustomers } from '#test/scenarios/actions/customers-201.ts';
import { describeDeviceModel } from '#test/scenarios/actions/device-model-201.ts';
import { describeEveryday, describeTriggers } from '#test/scenarios/actions/everyday.ts';
import { describeFiles } from '#test/scenarios/actions/files.ts';
import { describeLocalController } from '#test/scenarios/actions/local-controller-201.ts';
import { describeLocalList } from '#test/scenarios/actions/local-list.ts';
import { describeMonitors } from '#test/scenarios/actions/monitors-201.ts';
import { describeOutsideLimits } from '#test/scenarios/actions/outside-limits-201.ts';
import { describePlugAndCharge } from '#test/scenarios/actions/plug-and-charge.ts';
import { describeProfiles } from '#test/scenarios/actions/profiles.ts';
import {
  describeDroppedReservation,
  describeReservations,
} from '#test/scenarios/actions/reservations.ts';
import { duoCharger } from '#test/support/duo-charger.ts';
import { pncServices } from '#test/support/pnc-services.ts';
import { aStage } from '#test/support/stage.ts';

const services = pncServices();
const stage = aStage({
  prepare: (dataDir) => services.open(dataDir),
  charger: duoCharger('PLAY-201', '2.0.1'),
  securityEvents: true,
});

describe('every action of OCPP 2.0.1, over a real socket', () => {
  describeEveryday(stage);
  describeDeviceModel(stage);
  describeTriggers(stage, [
    ['heartbeat', 'Heartbeat'],
    ['status', 'StatusNotification'],
    ['meter_values', 'MeterValues'],
    ['firmware_status', 'FirmwareStatusNotification'],
    ['log_status', 'LogStatusNotification'],
    ['certificate_signing', 'SignCertificate'],
  ]);
  describeMonitors(stage);
  describeReservations(stage);
  describeDroppedReservation(stage);
  describeLocalList(stage);
  describeCustomers(stage);
  describeFiles(stage);
  describeLocalController(stage);
  describePlugAndCharge(stage, services);
  describeCertificates(stage);
  describeProfiles(stage);
  describeOutsideLimits(stage);
  describeCompleteness(stage, ocpp201);
});
