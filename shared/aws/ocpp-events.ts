import * as z from 'zod';
import { ocppVersions } from '#shared/ocpp/version.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';

/** What the OCPP authorizer tells `$connect`, and API Gateway every later message: strings. */
export const OcppCaller = z.object({
  verdict: z.enum(['allow', 'unauthorized', 'not_found', 'bad_protocol']),
  organization_id: z.string(),
  livemode: z.stringbool(),
  charger_id: z.string(),
  identity: z.string(),
  subprotocol: z.enum(ocppVersions).or(z.literal('')),
  /** By which security profile it came in, and by which of its secrets where that is not the usual one. */
  security_profile: z.coerce.number(),
  secret: z.string().default(''),
  /** Whether coming in that way is news. */
  is_news: z.stringbool().default(false),
  /** Why it is refused. */
  because: z.string().default(''),
  registered: z.stringbool(),
  ocpp_log: LogLevel.default('all'),
  /** Quirks that hold for as long as the socket; left out where its messages must look for them. */
  quirks: z.string().optional(),
  /** The host the charger came to, where there is an edge to tell it. */
  public_host: z.string().default(''),
});
export type OcppCaller = z.infer<typeof OcppCaller>;

/** A WebSocket event of API Gateway, as far as we read it. */
export const SocketEvent = z.object({
  requestContext: z.object({
    connectionId: z.string(),
    authorizer: z.record(z.string(), z.unknown()).optional(),
    identity: z.object({ sourceIp: z.string().optional() }).optional(),
  }),
  body: z.string().nullable().optional(),
  isBase64Encoded: z.boolean().optional(),
});
export type SocketEvent = z.infer<typeof SocketEvent>;

export const callerOf = (event: SocketEvent): OcppCaller =>
  OcppCaller.parse(event.requestContext.authorizer ?? {});
