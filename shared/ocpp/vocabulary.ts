import type { Protocol } from '#shared/ocpp/action.ts';
import { outbound16 } from '#shared/ocpp/v16/outbound.ts';
import { outbound21 } from '#shared/ocpp/v21/outbound.ts';
import { outbound201 } from '#shared/ocpp/v201/outbound.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/**
 * What we can say in a version. Apart from what we can hear, so that an operation that only asks
 * chargers for something carries none of the handlers of their messages.
 */
export type Vocabulary = Pick<Protocol, 'version' | 'outbound'>;

const vocabularies: readonly Vocabulary[] = [
  { version: 'ocpp1.6', outbound: outbound16 },
  { version: 'ocpp2.0.1', outbound: outbound201 },
  { version: 'ocpp2.1', outbound: outbound21 },
];

/** The words of a subprotocol, or undefined for one that is none. */
export const findVocabulary = (version: string): Vocabulary | undefined =>
  vocabularies.find((v) => v.version === version);

/** The subprotocols we accept; a charger's own order of preference decides. */
export const spokenVersions = (): OcppVersion[] => vocabularies.map(({ version }) => version);
