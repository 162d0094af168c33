import type { Protocol } from '#shared/ocpp/action.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const protocols: Partial<Record<OcppVersion, Protocol>> = {
  'ocpp1.6': ocpp16,
  'ocpp2.0.1': ocpp201,
};

/** The tables of a subprotocol, or undefined for one we do not speak yet. */
export const findProtocol = (version: string): Protocol | undefined =>
  Object.values(protocols).find((p) => p.version === version);
