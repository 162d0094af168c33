import * as z from 'zod';
import { CertificateHash, Contract } from '#simulator/certificates/contract.ts';
import { OwnUse, RootUse } from '#simulator/certificates/held-certificate.ts';
import { FixedCar } from '#simulator/charger-spec.ts';
import { Misbehaviour } from '#simulator/misbehaviour.ts';

const connectorId = z.int().positive().optional();
const text = z.string();
const Hash = CertificateHash.extend({ responderURL: text });

/** What drivers, vandals and the world do to a charger. Scripts are made of these. */
export const WorldEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('plug_in'),
    connectorId,
    car: FixedCar.optional(),
    /** A car that pays by contract authorizes itself. */
    contract: Contract.optional(),
  }),
  z.object({ type: z.literal('unplug'), connectorId }),
  z.object({ type: z.literal('tap'), tag: text, kind: text.optional(), connectorId }),
  z.object({ type: z.literal('stop'), connectorId }),
  z.object({ type: z.literal('fault'), code: text, connectorId }),
  z.object({ type: z.literal('clear_fault'), connectorId }),
  z.object({ type: z.literal('set_soc'), percent: z.number(), connectorId }),
  z.object({ type: z.literal('network'), up: z.boolean() }),
  z.object({ type: z.literal('power_cycle') }),
  z.object({ type: z.literal('misbehave'), misbehave: Misbehaviour }),
  /** A limit of the grid's or the building's; null takes it away. */
  z.object({
    type: z.literal('external_limit'),
    watts: z.number().nonnegative().nullable(),
    source: z.enum(['EMS', 'Other', 'SO']).optional(),
    connectorId,
  }),
  /** The world changes what a variable shows, read-only or not. */
  z.object({ type: z.literal('set_variable'), name: text, value: text }),
  z.object({ type: z.literal('security_event'), event: text, info: text.optional() }),
  z.object({
    type: z.literal('data_transfer'),
    vendorId: text,
    messageId: text.optional(),
    data: z.unknown().optional(),
  }),
  z.object({ type: z.literal('sign_certificate'), use: OwnUse }),
  z.object({ type: z.literal('certificate_status'), hash: Hash }),
  z.object({
    type: z.literal('ev_certificate'),
    action: z.enum(['Install', 'Update']),
    exiRequest: text,
    schemaVersion: text.optional(),
  }),
  /** A root certificate put in by the installer. */
  z.object({ type: z.literal('install_root'), use: RootUse, pem: text }),
  /** Any call at all, and any frame at all. */
  z.object({ type: z.literal('call'), action: text, payload: z.record(text, z.unknown()) }),
  z.object({ type: z.literal('raw'), text }),
]);
export type WorldEvent = z.infer<typeof WorldEvent>;

/** What came of an effect that the charger asked for. */
export type EffectResult =
  | { type: 'downloaded'; job: 'firmware' | 'publish'; file: DownloadedFile | null }
  | { type: 'uploaded'; outcome: 'stored' | 'refused' | 'failed' | 'unsupported' }
  | { type: 'csr'; use: z.infer<typeof OwnUse>; pem: string; privateKey: string };

export type DownloadedFile = {
  bytes: number;
  sha256: string;
  md5: string;
  /** As its headers or its name tell. */
  version: string | null;
  /** Null where there was nothing to check it by. */
  signatureValid: boolean | null;
};

export type Happening =
  | WorldEvent
  | EffectResult
  | { type: 'tick' }
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'frame'; text: string };

/** What can happen to a charger. `at` is the time of the happening, in milliseconds. */
export type Input = Happening & { at: number };
