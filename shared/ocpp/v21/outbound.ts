import type { Outbound } from '#shared/ocpp/action.ts';
import { outbound201 } from '#shared/ocpp/v201/outbound.ts';

/** What we can say in OCPP 2.1: what 2.0.1 can, checked against 2.1's own schemas as it goes out. */
export const outbound21: readonly Outbound[] = outbound201.map((action) => ({
  ...action,
  version: 'ocpp2.1',
}));
