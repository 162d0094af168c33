import { defineOutbound } from '#shared/ocpp/action.ts';
import { TriggerInput } from '#shared/ocpp/inputs/neutral-input.ts';
import { evseOf } from '#shared/ocpp/v201/evse-of.ts';

const names = {
  boot: 'BootNotification',
  heartbeat: 'Heartbeat',
  status: 'StatusNotification',
  meter_values: 'MeterValues',
  transaction: 'TransactionEvent',
  firmware_status: 'FirmwareStatusNotification',
  log_status: 'LogStatusNotification',
  certificate_signing: 'SignChargingStationCertificate',
  v2g_certificate_signing: 'SignV2GCertificate',
} as const;

/**
 * Asks for a message now, which has its usual effect. A status is asked of one connector, anything
 * else of an EVSE (F06).
 */
export const triggerMessage = defineOutbound('ocpp2.0.1', 'TriggerMessage', {
  command: 'trigger_message',
  example: { requestedMessage: 'Heartbeat' },
  toRequest(input) {
    const { message, evse_id, evse_connector_id } = TriggerInput.parse(input);
    const place = message === 'status' ? { evse_id, evse_connector_id } : { evse_id };
    return { requestedMessage: names[message], ...evseOf(place) };
  },
});
