/**
 * The whole single-table layout, on one page. Every key string in the system is built here and
 * nowhere else. The tenant (`t`, the organization id) is part of every pk except the look-ups by a
 * secret's hash, so a guessed id never reaches another tenant's row. Each aggregate has its own pk,
 * hot rows (connection, connector, live session) carry no list index, so no partition takes more
 * writes than DynamoDB gives one.
 *
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  organization        t#ORG                ORG                -                        -                          by id
 *  api key             KEY#sha256           KEY                -                        -                          by the secret's hash
 *  rate window         RATE#credential#min  RATE               -                        -                          the limiter
 *  idempotency         t#IDEM#cred#key      IDEM               -                        -                          a repeated write
 *  count               t#COUNT#entity       scope              -                        -                          `total` of a list
 *  site                t#SITE#id            SITE               t#SITES / id             -                          by id; all
 *  charger             t#CHG#id             CHARGER            t#CHGS / id              t#SITE#s#CHGS / id         by id; all; of a site
 *  connection          t#CHG#id             CONNECTION         -                        -                          hot: socket, last seen
 *  connector           t#CHG#id             CONNECTOR#n        -                        -                          hot: status, its one open session
 *  orphan              t#CHG#id             ORPHAN#at#n        -                        -                          messages of unknown transactions
 *  identity            t#IDENTITY#identity  IDENTITY           -                        -                          charger by OCPP identity, unique
 *  transaction         t#CHG#id             TX#id              -                        -                          session by transaction id
 *  start               t#CHG#id             START#hash         -                        -                          a repeated start
 *  transaction event   t#CHG#id             TXE#tx#seq         -                        -                          2.0.1 events before a session
 *  unclaimed           t#UNCLAIMED          identity           -                        -                          identities refused or unknown
 *  command             t#CMD#id             CMD                t#CHG#id#CMDS / id       -                          by id; a charger's
 *  queued command      t#CHG#id             QUEUE#prio#id      -                        -                          next to send
 *  in flight           t#CHG#id             INFLIGHT           -                        -                          the one CALL we await
 *  token               t#TOKEN#uid          TOKEN              -                        -                          by uid, case-folded
 *  session             t#SES#id             SESSION            t#SES#yyyy-mm / at#id    t#<owner>#SES / at#id      by id; by month; of a charger
 *  live session        t#SES#id             LIVE               -                        -                          hot: energy, power, cost
 *  meter sample        t#SES#id             MV#at#n            -                        -                          time series
 *  timeline entry      t#SES#id             TL#at#n            -                        -                          why things happened
 *  session on site     t#SITE#s#SES         at#id              -                        -                          sessions of a site
 *  open list           t#OPENSES            at#id              -                        -                          sessions not yet ended
 *  cdr                 t#CDR#id             CDR                t#CDR#yyyy-mm / at#id    t#SITE#s#CDR / at#id       by id; by month; of a site
 *  number series       t#NUM#series         fy                 -                        -                          gap-free CDR numbers
 *  site tariff         t#SITE#s             TARIFF#from        -                        -                          in force at a time
 *  vendor              t#VENDORS            id                 -                        -                          all vendors
 *  webhook endpoint    t#HOOKS              id                 -                        -                          all endpoints (few)
 *  webhook health      t#HOOK#e             HEALTH             -                        -                          since when it fails
 *  webhook tally       t#HOOK#e#TALLY#day#shard    TALLY       -                        -                          attempts that succeeded, failed
 *  webhook delivery    t#HOOK#e#DELIVERIES#shard   id          -                        -                          newest first
 *  event               t#EVT#hour#shard     id                 t#OBJ#object id / id     -                          the log, 90 days
 *  event hour          t#EVTHOURS           hour               -                        -                          hours with events
 *  live ticket         LT#hash              TICKET             -                        -                          a live URL
 *  live connection     LC#connection        CONNECTION         -                        -                          an open live socket
 *  live turn           LTURN#connection     TURN               -                        -                          hot: whose turn to send, frame number
 *  live of credential  t#LIVE#credential    connection         -                        -                          at most 20
 *  subscription        t#SUB#scope          connection         -                        -                          whom an event concerns
 *  outbox              t#OUT#kind#id        version            -                        -                          read by the stream only
 */
const month = (at: string) => at.slice(0, 7);
const hour = (at: string) => at.slice(0, 13);
const fold = (uid: string) => uid.trim().toUpperCase();
const row = (pk: string, sk: string) => ({ pk, sk });

/** Logs that all of a tenant writes to are spread over 16 partitions by the last character of an id. */
const SHARDS = [...'0123456789abcdef'];
const shardOf = (id: string) =>
  SHARDS['0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(id.slice(-1)) & 15];

export const keys = {
  organization: (t: string) => row(`${t}#ORG`, 'ORG'),
  apiKey: (hash: string) => row(`KEY#${hash}`, 'KEY'),
  rateWindow: (credential: string, window: number) => row(`RATE#${credential}#${window}`, 'RATE'),
  idempotency: (t: string, credential: string, key: string) =>
    row(`${t}#IDEM#${credential}#${key}`, 'IDEM'),
  count: (t: string, entity: string, scope = '') => row(`${t}#COUNT#${entity}`, `#${scope}`),

  site: (t: string, id: string) => row(`${t}#SITE#${id}`, 'SITE'),
  sites: (t: string, id = '') => ({ gsi1pk: `${t}#SITES`, gsi1sk: id }),

  charger: (t: string, id: string) => row(`${t}#CHG#${id}`, 'CHARGER'),
  chargers: (t: string, id = '') => ({ gsi1pk: `${t}#CHGS`, gsi1sk: id }),
  chargersOfSite: (t: string, site: string, id = '') => ({
    gsi2pk: `${t}#SITE#${site}#CHGS`,
    gsi2sk: id,
  }),
  identity: (t: string, identity: string) => row(`${t}#IDENTITY#${identity}`, 'IDENTITY'),
  connection: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'CONNECTION'),
  connector: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `CONNECTOR#${String(n).padStart(3, '0')}`),
  connectorsOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'CONNECTOR#',
  }),
  transaction: (t: string, charger: string, id: string) => row(`${t}#CHG#${charger}`, `TX#${id}`),
  transactionNumber: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'TXSEQ'),
  start: (t: string, charger: string, hash: string) => row(`${t}#CHG#${charger}`, `START#${hash}`),
  transactionEvent: (t: string, charger: string, tx: string, seq: number) =>
    row(`${t}#CHG#${charger}`, `TXE#${tx}#${String(seq).padStart(10, '0')}`),
  orphan: (t: string, charger: string, at: string, id: string) =>
    row(`${t}#CHG#${charger}`, `ORPHAN#${at}#${id}`),
  orphansOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'ORPHAN#' }),
  transactionEventsOf: (t: string, charger: string, tx: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: `TXE#${tx}#`,
  }),
  unclaimed: (t: string, identity: string) => row(`${t}#UNCLAIMED`, identity),
  allUnclaimed: (t: string) => ({ pk: `${t}#UNCLAIMED` }),

  command: (t: string, id: string) => row(`${t}#CMD#${id}`, 'CMD'),
  commandsOf: (t: string, charger: string, id = '') => ({
    gsi1pk: `${t}#CHG#${charger}#CMDS`,
    gsi1sk: id,
  }),
  queued: (t: string, charger: string, priority: number, id: string) =>
    row(`${t}#CHG#${charger}`, `QUEUE#${priority}#${id}`),
  queueOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'QUEUE#' }),
  inFlight: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'INFLIGHT'),

  token: (t: string, uid: string) => row(`${t}#TOKEN#${fold(uid)}`, 'TOKEN'),

  session: (t: string, id: string) => row(`${t}#SES#${id}`, 'SESSION'),
  sessions: (t: string, at: string, id = '') => ({
    gsi1pk: `${t}#SES#${month(at)}`,
    gsi1sk: `${at}#${id}`,
  }),
  sessionsOfCharger: (t: string, charger: string, at = '', id = '') => ({
    gsi2pk: `${t}#CHG#${charger}#SES`,
    gsi2sk: `${at}#${id}`,
  }),
  sessionOnSite: (t: string, site: string, at: string, id: string) =>
    row(`${t}#SITE#${site}#SES`, `${at}#${id}`),
  sessionsOfSite: (t: string, site: string) => ({ pk: `${t}#SITE#${site}#SES` }),
  openListed: (t: string, at: string, id: string) => row(`${t}#OPENSES`, `${at}#${id}`),
  openList: (t: string) => ({ pk: `${t}#OPENSES` }),
  liveSession: (t: string, id: string) => row(`${t}#SES#${id}`, 'LIVE'),
  meterSample: (t: string, session: string, at: string, n: number) =>
    row(`${t}#SES#${session}`, `MV#${at}#${String(n).padStart(6, '0')}`),
  meterSamplesOf: (t: string, session: string) => ({
    pk: `${t}#SES#${session}`,
    beginsWith: 'MV#',
  }),
  timelineEntry: (t: string, session: string, at: string, n: number) =>
    row(`${t}#SES#${session}`, `TL#${at}#${String(n).padStart(6, '0')}`),
  timelineOf: (t: string, session: string) => ({ pk: `${t}#SES#${session}`, beginsWith: 'TL#' }),

  cdr: (t: string, id: string) => row(`${t}#CDR#${id}`, 'CDR'),
  cdrOfSession: (t: string, session: string) => row(`${t}#SES#${session}`, 'CDR'),
  cdrs: (t: string, at: string, id = '') => ({
    gsi1pk: `${t}#CDR#${month(at)}`,
    gsi1sk: `${at}#${id}`,
  }),
  cdrsOfSite: (t: string, site: string, at = '', id = '') => ({
    gsi2pk: `${t}#SITE#${site}#CDR`,
    gsi2sk: `${at}#${id}`,
  }),
  numberSeries: (t: string, series: string, year: string) => row(`${t}#NUM#${series}`, year),

  siteTariff: (t: string, site: string, from: string) => row(`${t}#SITE#${site}`, `TARIFF#${from}`),
  siteTariffs: (t: string, site: string) => ({ pk: `${t}#SITE#${site}`, beginsWith: 'TARIFF#' }),
  vendor: (t: string, id: string) => row(`${t}#VENDORS`, id),
  vendors: (t: string) => ({ pk: `${t}#VENDORS` }),

  webhook: (t: string, id: string) => row(`${t}#HOOKS`, id),
  webhooks: (t: string) => ({ pk: `${t}#HOOKS` }),
  webhookHealth: (t: string, endpoint: string) => row(`${t}#HOOK#${endpoint}`, 'HEALTH'),
  webhookTally: (t: string, endpoint: string, day: string, id: string) =>
    row(`${t}#HOOK#${endpoint}#TALLY#${day}#${shardOf(id)}`, 'TALLY'),
  webhookTallies: (t: string, endpoint: string, day: string) =>
    SHARDS.map((shard) => row(`${t}#HOOK#${endpoint}#TALLY#${day}#${shard}`, 'TALLY')),
  delivery: (t: string, endpoint: string, id: string) =>
    row(`${t}#HOOK#${endpoint}#DELIVERIES#${shardOf(id)}`, id),
  deliveriesOf: (t: string, endpoint: string) =>
    SHARDS.map((shard) => ({ pk: `${t}#HOOK#${endpoint}#DELIVERIES#${shard}` })),

  event: (t: string, at: string, id: string) => row(`${t}#EVT#${hour(at)}#${shardOf(id)}`, id),
  eventsOfHour: (t: string, at: string) =>
    SHARDS.map((shard) => ({ pk: `${t}#EVT#${hour(at)}#${shard}` })),
  eventHour: (t: string, at: string) => row(`${t}#EVTHOURS`, hour(at)),
  eventsOfObject: (t: string, object: string, id = '') => ({
    gsi1pk: `${t}#OBJ#${object}`,
    gsi1sk: id,
  }),

  liveTicket: (hash: string) => row(`LT#${hash}`, 'TICKET'),
  liveConnection: (connection: string) => row(`LC#${connection}`, 'CONNECTION'),
  liveTurn: (connection: string) => row(`LTURN#${connection}`, 'TURN'),
  liveOfCredential: (t: string, credential: string, connection: string) =>
    row(`${t}#LIVE#${credential}`, connection),
  subscription: (t: string, scope: string, connection: string) =>
    row(`${t}#SUB#${scope}`, connection),
  subscriptions: (t: string, scope: string) => ({ pk: `${t}#SUB#${scope}` }),

  outbox: (t: string, kind: string, id: string, version: number) =>
    row(`${t}#OUT#${kind}#${id}`, String(version).padStart(12, '0')),
} as const;
