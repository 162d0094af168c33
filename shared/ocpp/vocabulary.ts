import type { Protocol } from '#shared/ocpp/action.ts';
import { type OcppVersion, ocppVersions } from '#shared/ocpp/version.ts';

/**
 * What we can say in a version. Apart from what we can hear, so that an operation that only asks
 * chargers for something carries none of the handlers of their messages.
 */
export type Vocabulary = Pick<Protocol, 'version' | 'outbound'>;

/** Each is loaded when a charger that speaks it is first spoken to. */
const vocabularies: Readonly<Record<OcppVersion, () => Promise<Protocol['outbound']>>> = {
  'ocpp1.6': async () => (await import('#shared/ocpp/v16/outbound.ts')).outbound16,
  'ocpp2.0.1': async () => (await import('#shared/ocpp/v201/outbound.ts')).outbound201,
  'ocpp2.1': async () => (await import('#shared/ocpp/v21/outbound.ts')).outbound21,
};

/** The words of a subprotocol, or undefined for one that is none. */
export async function findVocabulary(name: string): Promise<Vocabulary | undefined> {
  const version = ocppVersions.find((known) => known === name);
  return version && { version, outbound: await vocabularies[version]() };
}

/** The subprotocols we accept; a charger's own order of preference decides. */
export const spokenVersions = (): readonly OcppVersion[] => ocppVersions;
