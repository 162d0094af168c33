import type { Protocol } from '#shared/ocpp/action.ts';
import { outbound21 } from '#shared/ocpp/v21/outbound.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';

/**
 * OCPP 2.1 keeps the application logic of 2.0.1 (2.1 Part 0 §1.1): its 64 shared actions are handled as
 * there, behind schemas of its own. Its 27 new ones are answered NotSupported.
 */
export const ocpp21: Protocol = {
  version: 'ocpp2.1',
  inbound: ocpp201.inbound.map((action) => ({ ...action, version: 'ocpp2.1' })),
  outbound: outbound21,
};
