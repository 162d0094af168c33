import type { Actor, Cause, Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { SqliteTrafficLog } from '#shared/db/sqlite-traffic-log.ts';
import { Organization } from '#shared/organizations/organization.ts';
import { aTestAuthority, type TestAuthority } from '#test/support/a-test-authority.ts';
import { CountedIds } from '#test/support/counted-ids.ts';
import { RecordingFiles } from '#test/support/recording-files.ts';
import { type LogLine, RecordingLog } from '#test/support/recording-log.ts';
import { RecordingMail } from '#test/support/recording-mail.ts';
import { RecordingSender, type SentFrame } from '#test/support/recording-sockets.ts';

/** 10:00 of a Monday in Bengaluru, Indian Standard Time. */
const START = '2026-06-01T04:30:00.000Z';

const AN_API_KEY: Actor = { kind: 'api_key', id: 'key_test', scopes: ['*'] };
const A_REQUEST: Cause = {
  type: 'api_request',
  ref: null,
  request_id: 'req_test',
  idempotency_key: null,
  actor: 'key_test',
};

type Who = Partial<Pick<Context, 'tenantId' | 'livemode' | 'actor' | 'cause'>>;

export interface Overrides extends Who {
  /** The clock's first reading. */
  readonly at?: string;
  /** Differences of the tenant's Organization row. */
  readonly organization?: Partial<Organization>;
}

export interface TestContext extends Context {
  readonly table: SqliteTable;
  readonly sockets: { readonly ocpp: RecordingSender; readonly live: RecordingSender };
  readonly files: RecordingFiles;
  readonly mail: RecordingMail;
  readonly ca: TestAuthority;
  /** The frames that went out, in order. */
  readonly sent: { readonly ocpp: SentFrame[]; readonly live: SentFrame[] };
  readonly logs: LogLine[];
  /** What was counted for operators, by metric. */
  readonly counts: Readonly<Record<string, number>>;
  /** Moves the clock on. */
  tick(ms: number): void;
  /** The same world, table, clock and ids included, for another tenant or actor. */
  as(who: Who & Pick<Overrides, 'organization'>): TestContext;
}

/** A world of its own: an empty in-memory table with one organization, a clock that only `tick` moves. */
export function testContext({ at = START, ...overrides }: Overrides = {}): TestContext {
  let time = Date.parse(at);
  const now = () => new Date(time);
  const table = new SqliteTable({ path: ':memory:', now });
  const ids = new CountedIds();
  const log = new RecordingLog();
  const sockets = { ocpp: new RecordingSender(), live: new RecordingSender() };
  const world = {
    table,
    sockets,
    sent: { ocpp: sockets.ocpp.sent, live: sockets.live.sent },
    log,
    traffic: new SqliteTrafficLog({ path: ':memory:', now }),
    logs: log.lines,
    counts: log.counts,
    urls: {
      api: 'https://api.magma.test',
      ocpp: 'wss://api.magma.test/ocpp',
      live: 'wss://api.magma.test/live',
      secureOcpp: 'wss://api.magma.test/ocpp',
      clientCertificates: true,
    },
    cursorKey: async () => 'a cursor key for tests only',
    files: new RecordingFiles(now),
    filesKey: async () => 'a key of files for tests only',
    mail: new RecordingMail(),
    ca: aTestAuthority(),
    now,
    newId: (prefix: string) => ids.id(prefix, now()),
    newSecret: (bytes: number) => ids.secret(bytes),
    tick: (ms: number) => {
      time += ms;
    },
  };
  const found = new Set<string>();
  const enter = ({ organization, ...who }: Omit<Overrides, 'at'>): TestContext => {
    const identity = {
      tenantId: 'demo',
      livemode: false,
      actor: AN_API_KEY,
      cause: A_REQUEST,
      ...who,
    };
    if (!found.has(identity.tenantId)) seed(identity.tenantId, identity.livemode, organization);
    return { ...world, ...identity, as: (other) => enter({ ...identity, ...other }) };
  };
  function seed(id: string, livemode: boolean, differences?: Partial<Organization>) {
    found.add(id);
    const row = anOrganization({ id, livemode, created_at: at, ...differences });
    // SQLite has written before the promise is handed out, so there is nothing to wait for.
    void table.write([{ op: 'put', item: { ...keys.organization(id), ...row } }]);
  }
  return enter(overrides);
}

/** The sandbox's organization: registers any charger and takes any token. */
export const anOrganization = (differences: Partial<Organization> = {}): Organization =>
  Organization.parse({
    id: 'demo',
    name: 'Demo Charging',
    livemode: false,
    auto_register: true,
    allow_unsecured: true,
    accept_unknown_tokens: true,
    created_at: START,
    ...differences,
  });
