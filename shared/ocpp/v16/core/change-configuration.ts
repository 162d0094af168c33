import { defineOutbound } from '#shared/ocpp/action.ts';
import { keyOf, WriteConfigurationInput } from '#shared/ocpp/inputs/configuration-input.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';

const outcomes = {
  Accepted: 'accepted',
  Rejected: 'rejected',
  RebootRequired: 'reboot_required',
  NotSupported: 'not_supported',
} as const;

/** Changes a setting, which is then in the configuration that is known here. One key a call. */
export const changeConfiguration = defineOutbound('ocpp1.6', 'ChangeConfiguration', {
  command: 'write_configuration',
  example: { key: 'HeartbeatInterval', value: '300' },
  toRequest(input) {
    const [item, another] = WriteConfigurationInput.parse(input).items;
    if (!item || another) throw notInThisVersion('OCPP 1.6 sets one key a call.');
    return { key: keyOf(item), value: item.value };
  },
  outcomeOf({ status }) {
    const outcome = outcomes[status];
    return { status: 'completed', outcome, data: { results: [{ outcome, reason: null }] } };
  },
});
