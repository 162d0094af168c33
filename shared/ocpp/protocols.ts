import type { Protocol } from '#shared/ocpp/action.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp21 } from '#shared/ocpp/v21/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** All that is said and heard, by subprotocol. */
export const protocols: Readonly<Record<OcppVersion, Protocol>> = {
  'ocpp1.6': ocpp16,
  'ocpp2.0.1': ocpp201,
  'ocpp2.1': ocpp21,
};
