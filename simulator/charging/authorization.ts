import type { Contract } from '#simulator/certificates/contract.ts';
import type { Connector, Grant, Tag } from '#simulator/charger-state.ts';
import { isFree, isUsable, namedConnectors } from '#simulator/charging/connectors.ts';
import { endSession, scheduleUnplug, tryToBegin } from '#simulator/charging/session.ts';
import { listedTag, sameTag } from '#simulator/local-list/local-list.ts';
import { isBarred } from '#simulator/reservations/reserve.ts';
import { settingFlag, settingNumber } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';

/** What somebody says of a tag: the platform, our list, our memory. */
export type Verdict = { accepted: boolean; group: string | null };

/** A driver holds a tag to the reader: it stops his own transaction, or asks for a new one. */
export function presentTag(turn: Turn, tag: Tag, connectorId?: number): void {
  const connector = connectorForTag(turn, tag, connectorId);
  if (!connector) return;
  const { session } = connector;
  const group = listed(turn, tag)?.group;
  const isHis = session && (sameTag(session.tag.id, tag.id) || (group && session.group === group));
  if (isHis) endSession(turn, connector, 'local');
  else authorize(turn, connector, newGrant(turn, tag, {}));
}

function connectorForTag(turn: Turn, tag: Tag, connectorId?: number): Connector | undefined {
  const { state } = turn;
  const among = namedConnectors(state, connectorId);
  const free = among.filter(isFree);
  const open = free.filter((one) => !isBarred(state, one, tag, listed(turn, tag)?.group ?? null));
  return (
    among.find(({ session }) => session && sameTag(session.tag.id, tag.id)) ??
    open.find(({ car }) => car) ??
    open[0] ??
    free[0] ??
    // Somebody of the same group may want to stop: the platform will tell.
    among.find(({ session, authorizing }) => session?.group && !authorizing)
  );
}

/** A free connector for this tag: the one named, else one where a car waits, else any. */
export function connectorFor(
  { state }: Turn,
  tag: Tag,
  group: string | null,
  id?: number,
): Connector | undefined {
  const free = namedConnectors(state, id)
    .filter(isFree)
    .filter((one) => !isBarred(state, one, tag, group));
  return free.find(({ car }) => car) ?? free[0];
}

/** The platform starts a transaction. The driver, if he is still to come, plugs in a little later. */
export function startRemotely(
  turn: Turn,
  connector: Connector,
  tag: Tag,
  rest: Partial<Pick<Grant, 'remoteStartId' | 'group' | 'profile'>>,
): void {
  const grant = newGrant(turn, tag, { remote: true, ...rest });
  const { plugInDelayMs } = turn.state.options;
  if (!connector.car && plugInDelayMs !== null) connector.plugInAt = turn.now + plugInDelayMs;
  if (settingFlag(turn, 'authorizeRemoteStart')) {
    authorize(turn, connector, grant);
    return;
  }
  connector.grant = grant;
  connector.finishing = false;
  tryToBegin(turn, connector, 'remote');
}

/** A car with a contract asks for itself as soon as it is plugged in [2.0.1 C07]. */
export function authorizeCar(turn: Turn, connector: Connector, contract: Contract): void {
  if (!isFree(connector)) return;
  const tag = { id: contract.emaid, kind: 'eMAID' };
  authorize(turn, connector, newGrant(turn, tag, { contract }));
}

const newGrant = (turn: Turn, tag: Tag, rest: Partial<Grant>): Grant => ({
  tag,
  remote: false,
  remoteStartId: null,
  expiresAt: turn.now + settingNumber(turn, 'connectionTimeoutSeconds') * 1000,
  group: null,
  contract: null,
  profile: null,
  ...rest,
});

function authorize(turn: Turn, connector: Connector, grant: Grant): void {
  connector.authorizing = grant;
  const known = settingFlag(turn, 'preAuthorize') ? knownVerdict(turn, grant.tag) : null;
  // A refusal of our own is put before the platform, for it may know better [2.0.1 C14.FR.03].
  if (known?.accepted) decideGrant(turn, connector, known);
  else turn.dialect.authorize(turn, connector, grant);
}

/** The platform's word on a tag; null when it cannot be had, and we decide by what we know. */
export function decideGrant(turn: Turn, connector: Connector, word: Verdict | null): void {
  const grant = connector.authorizing;
  if (!grant) return;
  connector.authorizing = null;
  if (word) rememberTag(turn, grant.tag, word.accepted);
  const verdict = word ?? offlineVerdict(turn, grant.tag);
  const group = verdict.group ?? grant.group;
  if (connector.session) {
    const mayStop = verdict.accepted && group !== null && connector.session.group === group;
    if (mayStop) endSession(turn, connector, 'local');
    return;
  }
  const barred = isBarred(turn.state, connector, grant.tag, group);
  if (!isUsable(connector) || barred || !verdict.accepted) {
    connector.plugInAt = null;
    scheduleUnplug(turn, connector);
    return;
  }
  connector.grant = { ...grant, group };
  tryToBegin(turn, connector, grant.remote ? 'remote' : 'tap');
}

export function rememberTag(turn: Turn, tag: Tag, accepted: boolean): void {
  const { state } = turn;
  const others = state.acceptedTags.filter((id) => id !== tag.id);
  const remembered = accepted && settingFlag(turn, 'cacheEnabled');
  state.acceptedTags = remembered ? [...others, tag.id].slice(-100) : others;
}

const listed = (turn: Turn, tag: Tag): ReturnType<typeof listedTag> =>
  settingFlag(turn, 'listEnabled')
    ? listedTag(turn.state.store.localList, tag.id, turn.now)
    : undefined;

/** The local list goes before the cache [1.6 section 3.5.3]. */
function knownVerdict(turn: Turn, tag: Tag): Verdict | null {
  const entry = listed(turn, tag);
  if (entry) return { accepted: entry.accepted, group: entry.group };
  return turn.state.acceptedTags.includes(tag.id) ? { accepted: true, group: null } : null;
}

function offlineVerdict(turn: Turn, tag: Tag): Verdict {
  const known = settingFlag(turn, 'offlineKnownTags') ? knownVerdict(turn, tag) : null;
  return known ?? { accepted: settingFlag(turn, 'offlineUnknownTags'), group: null };
}

/** A permission nobody plugged in for runs out [ConnectionTimeOut]. */
export function expireGrants({ state, now }: Turn): void {
  for (const connector of state.connectors) {
    if (!connector.grant || connector.grant.expiresAt > now) continue;
    connector.grant = null;
    connector.plugInAt = null;
  }
}
