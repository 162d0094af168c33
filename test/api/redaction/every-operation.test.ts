import { describe, test } from 'vitest';
import type { Actor } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { type Call, call } from '#test/support/call.ts';
import { CountedIds } from '#test/support/counted-ids.ts';
import { everything } from '#test/support/isolation/attempt.ts';
import { endpoints } from '#test/support/isolation/place.ts';
import { textFields } from '#test/support/isolation/positions.ts';
import { requestAt, withValue } from '#test/support/isolation/requests.ts';
import { UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { theWorld } from '#test/support/isolation/world.ts';
import { asText, spellings } from '#test/support/kept.ts';
import { RecordingLog } from '#test/support/recording-log.ts';
import { RecordingSender } from '#test/support/recording-sockets.ts';
import { passOver } from '#test/support/settle.ts';

const { ctx, home } = await theWorld();

/** What must not be found anywhere afterwards; as long as passwords of chargers have to be. */
const MARK = 'Mark3dS3cr3tOfNobody';
const SECRET_FIELD = /passw|secret|psk|(^|_|\.)(pin|key|private_key|authorization)$/i;
/** Of kinds of things, not secrets: the names of settings. */
const NO_SECRET = /issuer_key_hash|^key$/;

/** A way of asking that has the mark in it. */
type Way = readonly [name: string, request: Call, broken?: true];

const headers = {
  authorization: `Bearer mk_test_${MARK}`,
  cookie: `session=${MARK}`,
  'x-api-key': MARK,
  'proxy-authorization': `Basic ${Buffer.from(`me:${MARK}`).toString('base64')}`,
};

function waysOf(endpoint: Endpoint): Way[] {
  const usual = requestAt(home, endpoint);
  const marked = { ...usual, headers, query: { ...usual.query, access_token: MARK, sig: MARK } };
  const secret = textFields(endpoint).filter(
    ({ where, path, name }) => where === 'body' && SECRET_FIELD.test(path) && !NO_SECRET.test(name),
  );
  return [
    ['as it is', marked],
    ['with an idempotency key', { ...marked, headers: { ...headers, 'idempotency-key': 'k-1' } }],
    ['where the table fails', marked, true],
    ...(endpoint.body
      ? ([['broken', { ...marked, body: `{"password":"${MARK}",` }]] as Way[])
      : []),
    ...secret.map((field): Way => [`with ${field.path}`, withValue(marked, field, MARK)]),
    ...(secretBodies[endpoint.id] ?? []).map(
      (body, n): Way => [`with secrets (${n})`, { ...marked, body }],
    ),
  ];
}

const wifi = [{ name: 'WifiPassword', value: MARK }];
const withLogin = `https://user:${MARK}@files.example/x`;
/** Requests whose very purpose is to hand a secret on. */
const secretBodies: Readonly<Record<string, readonly object[]>> = {
  setNetworkProfile: [
    {
      slot: 2,
      url: 'wss://csms.example/ocpp',
      security_profile: 2,
      apn: { apn: 'iot.example', authentication: 'auto', user_name: 'sim', password: MARK },
      vpn: { server: 'vpn.example', user: 'cp', password: MARK, key: MARK, type: 'IPSec' },
    },
  ],
  updateChargerConfiguration: [
    { items: wifi },
    { items: [{ name: 'AuthorizationKey', value: MARK }] },
  ],
  createConfigurationTemplate: [{ name: 'Wifi', items: wifi }],
  createCommandBatch: [
    { type: 'update_configuration', input: { items: wifi }, charger_ids: [home.ids.charger] },
  ],
  sendRawOcppMessage: [
    { action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: MARK } },
    { action: 'ChangeConfiguration', payload: { key: 'WifiPassword', value: MARK } },
  ],
  createWebhookEndpoint: [{ url: withLogin }],
};

interface Told {
  readonly status: number;
  readonly reply: string;
  readonly kept: Readonly<Record<'logs' | 'counts' | 'rows' | 'live' | 'messages', unknown>>;
}

/** Asks, with everything that is written down or told on the side, and puts the world back. */
async function tried(
  endpoint: Endpoint,
  request: Call,
  actor: Actor,
  broken = false,
): Promise<Told> {
  const table = new UndoableTable(ctx.table);
  const rows: Write[] = [];
  const write = table.write.bind(table);
  table.write = async (writes) => {
    if (broken) throw new Error(`The table is gone: ${endpoint.id}`);
    await write(writes);
    rows.push(...writes);
  };
  const log = new RecordingLog();
  const live = new RecordingSender();
  const ids = new CountedIds();
  const messages: unknown[] = [];
  const request_id = ctx.newId('req');
  const world = {
    ...ctx,
    actor,
    table,
    log,
    cause: { ...ctx.cause, request_id },
    sockets: { ocpp: new RecordingSender(), live },
    traffic: {
      append: async (_: string, lines: readonly unknown[]) => void messages.push(...lines),
      newest: ctx.traffic.newest.bind(ctx.traffic),
    },
    newSecret: (bytes: number) => ids.secret(bytes),
  };
  const { status, text, headers: answered } = await call(world, endpoint, request);
  await table.undo();
  passOver(ctx);
  const kept = { logs: log.lines, counts: log.counts, rows, live: live.sent, messages };
  return { status, reply: text + asText(answered), kept };
}

describe.for([...endpoints])('%s', ([, endpoint]) => {
  test('leaves no secret of its request anywhere', async ({ expect }) => {
    for (const [name, request, broken] of waysOf(endpoint))
      for (const actor of [everything, { kind: 'api_key', id: 'key_weak', scopes: [] } as const]) {
        const { status, reply, kept } = await tried(endpoint, request, actor, broken);
        for (const [place, what] of Object.entries({ reply, ...kept })) {
          const text = asText(what);
          const found = spellings(MARK).filter((spelling) => text.includes(spelling));
          expect(found, `${name}, ${status}: found in ${place}: ${around(text, found[0])}`).toEqual(
            [],
          );
        }
      }
  });
});

/** Where it was found. */
const around = (text: string, what = '') => {
  const at = text.indexOf(what);
  return what ? text.slice(Math.max(0, at - 300), at + 60) : '';
};
