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
 *  connector           t#CHG#id             CONNECTOR#n        -                        -                          hot: status
 *  open session        t#CHG#id             OPEN#n             -                        -                          one per connector
 *  transaction         t#CHG#id             TX#id              -                        -                          session by transaction id
 *  start               t#CHG#id             START#hash         -                        -                          a repeated start
 *  transaction event   t#CHG#id             TXE#tx#seq         -                        -                          a repeated 2.0.1 event
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
 *  webhook delivery    t#HOOK#e#DELIVERIES  event              t#HOOKEVT#evt / e        -                          newest first
 *  event               t#EVT#hour           id                 t#OBJ#object id / id     -                          the log, 90 days
 *  live ticket         LT#hash              TICKET             -                        -                          a live URL
 *  live connection     LC#connection        CONNECTION         -                        -                          an open live socket
 *  subscription        t#SUB#scope          connection         -                        -                          whom an event concerns
 *  outbox              t#OUT#kind#id        version            -                        -                          read by the stream only
 */
const month = (at: string) => at.slice(0, 7);
const fold = (uid: string) => uid.trim().toUpperCase();

export const keys = {
  organization: (t: string) => ({ pk: `${t}#ORG`, sk: 'ORG' }),
  apiKey: (hash: string) => ({ pk: `KEY#${hash}`, sk: 'KEY' }),
  rateWindow: (credential: string, window: number) => ({ pk: `RATE#${credential}#${window}`, sk: 'RATE' }),
  idempotency: (t: string, credential: string, key: string) => ({ pk: `${t}#IDEM#${credential}#${key}`, sk: 'IDEM' }),
  count: (t: string, entity: string, scope = '') => ({ pk: `${t}#COUNT#${entity}`, sk: `#${scope}` }),

  site: (t: string, id: string) => ({ pk: `${t}#SITE#${id}`, sk: 'SITE' }),
  sites: (t: string, id = '') => ({ gsi1pk: `${t}#SITES`, gsi1sk: id }),

  charger: (t: string, id: string) => ({ pk: `${t}#CHG#${id}`, sk: 'CHARGER' }),
  chargers: (t: string, id = '') => ({ gsi1pk: `${t}#CHGS`, gsi1sk: id }),
  chargersOfSite: (t: string, site: string, id = '') => ({ gsi2pk: `${t}#SITE#${site}#CHGS`, gsi2sk: id }),
  identity: (t: string, identity: string) => ({ pk: `${t}#IDENTITY#${identity}`, sk: 'IDENTITY' }),
  connection: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, sk: 'CONNECTION' }),
  connector: (t: string, charger: string, n: number) => ({ pk: `${t}#CHG#${charger}`, sk: `CONNECTOR#${String(n).padStart(3, '0')}` }),
  connectorsOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'CONNECTOR#' }),
  openSession: (t: string, charger: string, n: number) => ({ pk: `${t}#CHG#${charger}`, sk: `OPEN#${n}` }),
  openSessionsOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'OPEN#' }),
  transaction: (t: string, charger: string, id: string) => ({ pk: `${t}#CHG#${charger}`, sk: `TX#${id}` }),
  transactionNumber: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, sk: 'TXSEQ' }),
  start: (t: string, charger: string, hash: string) => ({ pk: `${t}#CHG#${charger}`, sk: `START#${hash}` }),
  transactionEvent: (t: string, charger: string, tx: string, seq: number) => ({ pk: `${t}#CHG#${charger}`, sk: `TXE#${tx}#${String(seq).padStart(10, '0')}` }),
  unclaimed: (t: string, identity: string) => ({ pk: `${t}#UNCLAIMED`, sk: identity }),
  allUnclaimed: (t: string) => ({ pk: `${t}#UNCLAIMED` }),

  command: (t: string, id: string) => ({ pk: `${t}#CMD#${id}`, sk: 'CMD' }),
  commandsOf: (t: string, charger: string, id = '') => ({ gsi1pk: `${t}#CHG#${charger}#CMDS`, gsi1sk: id }),
  queued: (t: string, charger: string, priority: number, id: string) => ({ pk: `${t}#CHG#${charger}`, sk: `QUEUE#${priority}#${id}` }),
  queueOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'QUEUE#' }),
  inFlight: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, sk: 'INFLIGHT' }),

  token: (t: string, uid: string) => ({ pk: `${t}#TOKEN#${fold(uid)}`, sk: 'TOKEN' }),

  session: (t: string, id: string) => ({ pk: `${t}#SES#${id}`, sk: 'SESSION' }),
  sessions: (t: string, at: string, id = '') => ({ gsi1pk: `${t}#SES#${month(at)}`, gsi1sk: `${at}#${id}` }),
  sessionsOfCharger: (t: string, charger: string, at = '', id = '') => ({ gsi2pk: `${t}#CHG#${charger}#SES`, gsi2sk: `${at}#${id}` }),
  sessionOnSite: (t: string, site: string, at: string, id: string) => ({ pk: `${t}#SITE#${site}#SES`, sk: `${at}#${id}` }),
  sessionsOfSite: (t: string, site: string) => ({ pk: `${t}#SITE#${site}#SES` }),
  openListed: (t: string, at: string, id: string) => ({ pk: `${t}#OPENSES`, sk: `${at}#${id}` }),
  openList: (t: string) => ({ pk: `${t}#OPENSES` }),
  liveSession: (t: string, id: string) => ({ pk: `${t}#SES#${id}`, sk: 'LIVE' }),
  meterSample: (t: string, session: string, at: string, n: number) => ({ pk: `${t}#SES#${session}`, sk: `MV#${at}#${String(n).padStart(6, '0')}` }),
  meterSamplesOf: (t: string, session: string) => ({ pk: `${t}#SES#${session}`, beginsWith: 'MV#' }),
  timelineEntry: (t: string, session: string, at: string, n: number) => ({ pk: `${t}#SES#${session}`, sk: `TL#${at}#${String(n).padStart(6, '0')}` }),
  timelineOf: (t: string, session: string) => ({ pk: `${t}#SES#${session}`, beginsWith: 'TL#' }),

  cdr: (t: string, id: string) => ({ pk: `${t}#CDR#${id}`, sk: 'CDR' }),
  cdrOfSession: (t: string, session: string) => ({ pk: `${t}#SES#${session}`, sk: 'CDR' }),
  cdrs: (t: string, at: string, id = '') => ({ gsi1pk: `${t}#CDR#${month(at)}`, gsi1sk: `${at}#${id}` }),
  cdrsOfSite: (t: string, site: string, at = '', id = '') => ({ gsi2pk: `${t}#SITE#${site}#CDR`, gsi2sk: `${at}#${id}` }),
  numberSeries: (t: string, series: string, year: string) => ({ pk: `${t}#NUM#${series}`, sk: year }),

  siteTariff: (t: string, site: string, from: string) => ({ pk: `${t}#SITE#${site}`, sk: `TARIFF#${from}` }),
  siteTariffs: (t: string, site: string) => ({ pk: `${t}#SITE#${site}`, beginsWith: 'TARIFF#' }),
  vendor: (t: string, id: string) => ({ pk: `${t}#VENDORS`, sk: id }),
  vendors: (t: string) => ({ pk: `${t}#VENDORS` }),

  webhook: (t: string, id: string) => ({ pk: `${t}#HOOKS`, sk: id }),
  webhooks: (t: string) => ({ pk: `${t}#HOOKS` }),
  delivery: (t: string, endpoint: string, event: string) => ({ pk: `${t}#HOOK#${endpoint}#DELIVERIES`, sk: event }),
  deliveriesOf: (t: string, endpoint: string) => ({ pk: `${t}#HOOK#${endpoint}#DELIVERIES` }),

  event: (t: string, at: string, id: string) => ({ pk: `${t}#EVT#${at.slice(0, 13)}`, sk: id }),
  eventsOfHour: (t: string, hour: string) => ({ pk: `${t}#EVT#${hour}` }),
  eventsOfObject: (t: string, object: string, id = '') => ({ gsi1pk: `${t}#OBJ#${object}`, gsi1sk: id }),

  liveTicket: (hash: string) => ({ pk: `LT#${hash}`, sk: 'TICKET' }),
  liveConnection: (connection: string) => ({ pk: `LC#${connection}`, sk: 'CONNECTION' }),
  subscription: (t: string, scope: string, connection: string) => ({ pk: `${t}#SUB#${scope}`, sk: connection }),
  subscriptions: (t: string, scope: string) => ({ pk: `${t}#SUB#${scope}` }),

  outbox: (t: string, kind: string, id: string, version: number) => ({ pk: `${t}#OUT#${kind}#${id}`, sk: String(version).padStart(12, '0') }),
} as const;
