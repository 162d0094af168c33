import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { handler as authorize } from '#functions/ocpp/authorize.ts';
import { handler as connect } from '#functions/ocpp/connect.ts';
import { handler as disconnect } from '#functions/ocpp/disconnect.ts';
import { handler as message } from '#functions/ocpp/message.ts';
import { useRuntime } from '#shared/aws/runtime.ts';
import { distinguishedName } from '#shared/certificates/distinguished-name.ts';
import type { TestContext } from '#test/support/context.ts';

export interface Knock {
  readonly organization?: string;
  /** The last path segment, as it came. */
  readonly segment?: string;
  readonly protocols?: string | null;
  readonly password?: Uint8Array | string;
  /** Whom the Basic header names; the identity where left out. */
  readonly user?: string;
  readonly originSecret?: string;
  /** Over TLS, as the edge says. */
  readonly secure?: boolean;
  /** The client certificate (PEM) that the edge has verified. */
  readonly certificate?: string;
  readonly connectionId?: string;
}

const ARN = 'arn:aws:execute-api:ap-south-1:123456789012:abc/prod/$connect';

export interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sends a frame over the socket. */
  readonly say: (text: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** The OCPP door with its handlers, as API Gateway calls them, over one world. */
export function ocppDoor(ctx: TestContext, originSecret?: string) {
  useRuntime({
    table: ctx.table,
    sockets: ctx.sockets,
    log: ctx.log,
    traffic: ctx.traffic,
    urls: ctx.urls,
    cursorKey: ctx.cursorKey,
    files: ctx.files,
    filesKey: ctx.filesKey,
    mail: ctx.mail,
    ca: ctx.ca,
    originSecret: async () => originSecret,
    publish: async () => {},
    enqueue: async () => {},
    now: ctx.now,
  });
  return { knock };
}

async function knock(asked: Knock = {}): Promise<Opened> {
  const { connectionId = 'socket-1' } = asked;
  const verdict = await authorize(authorizerEvent(asked, connectionId));
  const [statement] = verdict.policyDocument.Statement;
  const context = { connectionId, authorizer: { ...verdict.context, principalId: 'charger' } };
  const closed = { say: async () => undefined, close: async () => undefined };
  if (statement?.Effect !== 'Allow') return { status: 403, headers: {}, ...closed };
  const event = (routeKey: string, body?: string) => ({
    requestContext: { ...context, routeKey, identity: { sourceIp: '203.0.113.7' } },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  });
  const reply = Reply.parse(await connect(event('$connect')));
  return {
    status: reply.statusCode,
    headers: reply.headers ?? {},
    say: (text) => message(event('$default', text)),
    close: () => disconnect(event('$disconnect')),
  };
}

const Reply = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).optional(),
});

function authorizerEvent(asked: Knock, connectionId: string): Parameters<typeof authorize>[0] {
  const headers = headersOf(asked);
  const request = {
    type: 'REQUEST',
    methodArn: ARN,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v]])),
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext: {
      routeKey: '$connect',
      eventType: 'CONNECT',
      connectionId,
      stage: 'prod',
      identity: { sourceIp: '203.0.113.7' },
    },
  };
  // The library's type demands fields of REST requests, which WebSocket events do not have.
  return request as unknown as Parameters<typeof authorize>[0];
}

function headersOf(asked: Knock): Record<string, string> {
  const { organization = 'demo', segment = 'CP-1', protocols = 'ocpp1.6', originSecret } = asked;
  return {
    'x-ocpp-organization': organization,
    'x-ocpp-identity': segment,
    ...(protocols === null ? {} : { 'Sec-WebSocket-Protocol': protocols }),
    ...(asked.password === undefined ? {} : { Authorization: basic(asked, segment) }),
    ...(originSecret === undefined ? {} : { 'x-origin-verify': originSecret }),
    ...viewerOf(asked),
  };
}

function basic({ user, password = '' }: Knock, segment: string): string {
  const name = Buffer.from(`${user ?? decodeURIComponent(segment)}:`);
  return `Basic ${Buffer.concat([name, Buffer.from(password)]).toString('base64')}`;
}

/** What the edge tells of the connection. */
function viewerOf({ secure, certificate }: Knock): Record<string, string> {
  const shown = certificate && new X509Certificate(certificate);
  return {
    ...(secure ? { 'x-viewer-protocol': 'https' } : {}),
    ...(shown
      ? {
          'x-viewer-cert-sha256': shown.fingerprint256,
          'x-viewer-cert-subject': distinguishedName(shown.subject),
          'x-viewer-cert-issuer': distinguishedName(shown.issuer),
        }
      : {}),
  };
}
