import { withoutSecret } from '#shared/configuration/secret-names.ts';
import type { Told } from '#shared/configuration/variable.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { keyOf, ReadConfigurationInput } from '#shared/ocpp/inputs/configuration-input.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';

/**
 * What a charger is set to: it is kept here, and capabilities follow from it. Without keys it tells
 * all it has; an empty list is not the same to all of them.
 */
export const getConfiguration = defineOutbound('ocpp1.6', 'GetConfiguration', {
  command: 'read_configuration',
  example: { key: ['HeartbeatInterval'] },
  toRequest(input) {
    const asked = ReadConfigurationInput.parse(input);
    if (asked.what === 'components') throw notInThisVersion('OCPP 1.6 has no components.');
    return asked.what === 'items' ? { key: asked.items.map(keyOf) } : {};
  },
  outcomeOf({ configurationKey = [], unknownKey = [] }) {
    const told = configurationKey.map(
      ({ key: name, value, readonly }): Told =>
        withoutSecret({ ...nowhere, name, facts: { value, readonly } }),
    );
    const unknown = unknownKey.map((name) => ({ ...nowhere, name, outcome: 'unknown' }));
    return { status: 'completed', outcome: 'read', data: { told, refused: unknown } };
  },
});

const nowhere = {
  component: null,
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
};
