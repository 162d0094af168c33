import type { Item } from '#shared/core/table.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { Machine } from '#test/support/faults/machine.ts';
import type { Change } from '#test/support/isolation/undoable-table.ts';
import type { RecordingSender } from '#test/support/recording-sockets.ts';

/** A world as lines of text, in which new ids, secrets and instants look all alike. */
export type Picture = readonly string[];

/** Everything that is left of a step: rows, events, frames, posts, answers, tasks to come. */
export async function pictureOf(machine: Machine): Promise<Picture> {
  const { outside, pending } = machine;
  const lines = [
    ...(await machine.changes()).flatMap(lineOfRow),
    ...callsTo(outside.ocpp),
    ...oncePer(outside.ocpp.sent.filter(({ json }) => !isCall(json)).map(answerOf)),
    ...liveLines(outside.live),
    ...repeatedNumbers(outside.live),
    ...outside.ocpp.closed.map((one) => `closed ${one.connectionId} ${one.reason}`),
    ...oncePer(outside.live.closed.map((one) => `live closed ${one.connectionId} ${one.reason}`)),
    ...onceEach(outside.posts).map((event) => `post ${headOf(event)}`),
    ...outside.told.map((text) => `told ${text}`),
    ...outside.wrong.map((text) => `wrong ${text}`),
    ...oncePer(pending.map(({ task, payload }) => `to do ${task} ${JSON.stringify(payload)}`)),
  ];
  return lines.map(blind).sort();
}

const oncePer = (lines: readonly string[]): string[] => [...new Set(lines)];
const onceEach = (events: readonly EventEnvelope[]) => [
  ...new Map(events.map((event) => [event.id, event])).values(),
];
const isCall = (json: unknown) => Array.isArray(json) && json[0] === 2;
const headOf = ({ type, subject }: EventEnvelope) => `${type} ${subject.id}`;
const answerOf = ({ connectionId, text }: { connectionId: string; text: string }) =>
  `answer ${connectionId} ${text}`;

/** Each counts: a call that a charger gets twice is done twice. */
const callsTo = ({ sent }: RecordingSender) =>
  sent.flatMap(({ connectionId, json }) =>
    Array.isArray(json) && isCall(json)
      ? [`call ${connectionId} ${json[2]} ${JSON.stringify(json[3])}`]
      : [],
  );

interface LiveFrame {
  readonly type?: string;
  readonly seq?: number;
  readonly event?: EventEnvelope;
}
const framesOf = ({ sent }: RecordingSender) =>
  sent.map(({ connectionId, json }) => ({ connectionId, frame: json as LiveFrame }));

/** What a client gets to know: an event may come twice, and where a gap was told it fetches the rest. */
const liveLines = (live: RecordingSender): string[] => {
  const frames = framesOf(live);
  const connections = [...new Set(frames.map(({ connectionId }) => connectionId))];
  return connections.flatMap((id) => {
    const mine = frames.filter(({ connectionId }) => connectionId === id);
    const events = onceEach(mine.flatMap(({ frame: { event } }) => event ?? []));
    const others = mine.flatMap(({ frame: { type, event } }) => (event ? [] : [String(type)]));
    return [...events.map(headOf), ...oncePer(others)].map((text) => `live ${id} ${text}`);
  });
};

/** No number may stand for two events. */
function repeatedNumbers(live: RecordingSender): string[] {
  const events = new Map<string, string>();
  return framesOf(live).flatMap(({ connectionId, frame: { seq, event } }) => {
    if (!event) return [];
    const place = `${connectionId} ${seq}`;
    const known = events.get(place) ?? event.id;
    events.set(place, known);
    return known === event.id ? [] : [`wrong one live number for two events: ${place}`];
  });
}

/** Rows that count or lock, that events lie in on their way, or that the log is found by. */
const SKIPPED = /^RATE#|#EVTHOURS |^LTURN#|REQSEQ$|TXSEQ$|#IDEM#|#OUT#|#HOOK#.* HEALTH$|#LETTERS#/;

function lineOfRow({ key, before, after }: Change): string[] {
  const place = `${key.pk} ${key.sk}`;
  if (SKIPPED.test(place)) return [];
  if (!after) return [`gone ${place}`];
  if (key.pk.includes('#EVT#')) return after['moved_to'] === undefined ? [logged(after)] : [];
  if (key.pk.includes('#TALLY#')) return tallied(before, after);
  const { ttl: _, outbox: __, ...row } = after;
  return [`${before ? 'changed' : 'new'} ${JSON.stringify(row)}`];
}

function logged(row: Item): string {
  const event = row as unknown as EventEnvelope;
  return `logged ${headOf(event)} ${JSON.stringify(event.data)}`;
}

/** A line for each attempt: which shard counts it is chance. */
const tallied = (before: Item | undefined, after: Item): string[] =>
  ['succeeded', 'failed'].flatMap((name) => {
    const more = Number(after[name] ?? 0) - Number(before?.[name] ?? 0);
    return Array.from({ length: more }, () => `attempt ${name} ${after.pk.split('#')[2]}`);
  });

const SHARD = /#DELIVERIES#./g;
const ID = /\b[a-z]+_[0-9A-HJKMNP-TV-Z]{10}00000000\d{8}/g;
/**
 * Numbers that may be left out, and that name nothing but themselves; versions, since a change made once
 * more to the same end is one more; and whom steps of a plan are on behalf of.
 */
const NUMBER =
  /("(?:request_?number|request_?id|message_?id|remote_start_id|kept_until|reservation_?id|number|turn|transaction_?id|version|resource_version)"|"message":\{"id"):"?\d+"?/gi;
const SECRET = /[A-Za-z0-9+/_-]{20,}={0,2}/g;

const blind = (line: string): string =>
  line
    .replaceAll(/-----BEGIN[\s\S]*?-----END [A-Z ]+-----/g, '<pem>')
    .replaceAll(ID, (id) => (isNew(id) ? `<${id.split('_')[0]}>` : id))
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<at>')
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{4}00000000\d{8}\b/g, (tail) => (isNew(tail) ? '<tail>' : tail))
    .replaceAll(/•+\d+/g, '<tail>')
    .replaceAll(/socket-again-\d+/g, 'socket-again')
    .replaceAll(SHARD, '#DELIVERIES')
    .replaceAll(/#AUTH#\w/g, '#AUTH')
    .replaceAll(/"TX#\d+"/g, '"TX#<n>"')
    .replaceAll(/"signature":"v1,[^"]+"/g, '"signature":"<secret>"')
    .replaceAll(/"cause":\{[^}]*\}/g, '"cause":<why>')
    .replaceAll(/("(?:duration|duration_seconds|clock_offset_s)":)-?\d{7,}/g, '$1<long>')
    .replaceAll(NUMBER, '$1:<n>')
    .replaceAll(/\b(REQ|DISPLAY|RESNO)#\d+/g, '$1#<n>')
    .replaceAll(/"requested_by":(null|"[^"]*")/g, '"requested_by":<who>')
    .replaceAll(/"remoteStartId":\d+/g, '"remoteStartId":<n>')
    .replaceAll(/\b1[78]\d{8}\b/g, '<unix>')
    .replaceAll(/"prefix":"[^"]+"/g, '"prefix":"<secret>"')
    .replaceAll(/\b[0-9a-f]{32,}\b/g, '<secret>')
    .replaceAll(SECRET, (text) => (isChance(text) ? '<secret>' : text));

const isNew = (id: string) => Number(id.slice(-16)) > 1_000_000;
const isChance = (text: string) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
