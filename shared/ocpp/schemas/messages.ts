import type { Messages as Messages16 } from '#shared/ocpp/schemas/generated/ocpp1.6/messages.ts';
import type { Messages as Messages201 } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import type { Messages as Messages21 } from '#shared/ocpp/schemas/generated/ocpp2.1/messages.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

interface MessagesOf {
  'ocpp1.6': Messages16;
  'ocpp2.0.1': Messages201;
  'ocpp2.1': Messages21;
}

export type Side = 'request' | 'response';
export type ActionOf<V extends OcppVersion> = Extract<keyof MessagesOf[V], string>;

/** What travels: `Payload<'ocpp1.6', 'StartTransaction', 'request'>`. */
export type Payload<V extends OcppVersion, A extends ActionOf<V>, S extends Side> =
  MessagesOf[V][A] extends Record<S, infer P> ? P : never;
