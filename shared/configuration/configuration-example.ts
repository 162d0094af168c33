import type { Command } from '#shared/commands/command.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import type { Monitor } from '#shared/configuration/monitor.ts';
import type { MonitorEvent } from '#shared/configuration/monitor-event.ts';
import type { ConfigurationItem } from '#shared/configuration/variable.ts';

/** Settings as the documents show them. */
export const variableExample: ConfigurationItem = {
  name: 'HeartbeatInterval',
  component: 'OCPPCommCtrlr',
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
  value: '300',
  target: null,
  min_set: null,
  max_set: null,
  readonly: false,
  write_only: false,
  secret: false,
  unit: 's',
  data_type: 'integer',
  values_list: null,
  min_limit: 10,
  max_limit: 86_400,
  supports_monitoring: false,
  reboot_required: false,
  source: 'charger',
  read_at: '2026-05-27T14:03:22.000Z',
  changed_at: '2026-05-20T08:00:00.000Z',
};

export const monitorExample: Monitor = {
  name: 'Temperature',
  component: 'ChargingStation',
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
  type: 'upper_threshold',
  value: 70,
  severity: 2,
  transaction_only: false,
  id: 12,
  source: 'platform',
  read_at: '2026-05-27T14:03:22.000Z',
  last_triggered_at: null,
};

/** Which setting a change is of. */
export const settingExample = {
  name: 'HeartbeatInterval',
  component: null,
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
};

/** That monitor, gone off. */
export const monitorEventExample: MonitorEvent = {
  id: 'mev_01JWA3QH3M9K2V7T5C8X0N4B6R',
  charger_id: 'BLR-014',
  connector: null,
  session_id: null,
  name: 'Temperature',
  component: 'ChargingStation',
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
  value: '71.5',
  trigger: 'alerting',
  cleared: false,
  monitor_id: 12,
  monitor_kind: 'custom',
  severity: 2,
  event_number: 418,
  caused_by: null,
  tech_code: null,
  tech_info: null,
  occurred_at: '2026-05-27T14:05:09.000Z',
  received_at: '2026-05-27T14:05:09.612Z',
};

/** A change of two settings of an OCPP 1.6 charger, each set by a call of its own. */
export const updatedExample: Command = {
  ...completedExample,
  type: 'update_configuration',
  result: {
    outcome: 'partly_accepted',
    reason: '1 of 2 were not accepted.',
    data: {
      items: [
        { ...settingExample, value: '300', outcome: 'accepted', reason: null },
        {
          ...settingExample,
          name: 'NoSuchKey',
          value: '1',
          outcome: 'not_supported',
          reason: null,
        },
      ],
    },
  },
  ocpp: {
    version: 'ocpp1.6',
    action: 'ChangeConfiguration',
    message_id: 'msg_01JWA3M7Q6B2K8D4F0G6H1J3KM',
    request: { key: 'NoSuchKey', value: '1' },
    response: { status: 'NotSupported' },
    error: null,
  },
  steps: ['cmd_01JWA3M7Q5Z7M4K1H8E5B2Y9VS', 'cmd_01JWA3M7QF3T0P6X2C8W4N1DGJ'],
};
