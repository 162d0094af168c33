import type { Connector, Grant, Tag } from '#simulator/charger-state.ts';
import { isFree } from '#simulator/charging/connectors.ts';
import { endSession, scheduleUnplug, tryToBegin } from '#simulator/charging/session.ts';
import { settingFlag, settingNumber } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';

/** A driver holds a tag to the reader: it stops his own transaction, or asks for a new one. */
export function presentTag(turn: Turn, tag: Tag, connectorId?: number): void {
  const connector = connectorForTag(turn, tag, connectorId);
  if (!connector) return;
  if (connector.session) endSession(turn, connector, 'local');
  else authorize(turn, connector, grantFor(turn, tag, null, false));
}

function connectorForTag({ state }: Turn, tag: Tag, connectorId?: number): Connector | undefined {
  const among = state.connectors.filter(
    ({ id }) => connectorId === undefined || id === connectorId,
  );
  return (
    among.find(({ session }) => session?.tag.id.toLowerCase() === tag.id.toLowerCase()) ??
    among.find((connector) => connector.car && isFree(connector)) ??
    among.find((connector) => isFree(connector))
  );
}

/** The platform starts a transaction. The driver, if he is still to come, plugs in a little later. */
export function startRemotely(turn: Turn, connector: Connector, tag: Tag, startId: number | null) {
  const grant = grantFor(turn, tag, startId, true);
  const { plugInDelayMs } = turn.state.options;
  if (!connector.car && plugInDelayMs !== null) connector.plugInAt = turn.now + plugInDelayMs;
  if (settingFlag(turn, 'authorizeRemoteStart')) return authorize(turn, connector, grant);
  connector.grant = grant;
  connector.finishing = false;
  tryToBegin(turn, connector, 'remote');
}

const grantFor = (turn: Turn, tag: Tag, remoteStartId: number | null, remote: boolean): Grant => ({
  tag,
  remote,
  remoteStartId,
  expiresAt: turn.now + settingNumber(turn, 'connectionTimeoutSeconds') * 1000,
});

function authorize(turn: Turn, connector: Connector, grant: Grant): void {
  connector.authorizing = grant;
  turn.dialect.authorize(turn, connector, grant);
}

/** The platform's word on a tag; null when it cannot be had, and we decide by what we know. */
export function decideGrant(turn: Turn, connector: Connector, accepted: boolean | null): void {
  const grant = connector.authorizing;
  if (!grant) return;
  connector.authorizing = null;
  if (accepted !== null) rememberTag(turn, grant.tag, accepted);
  const usable = connector.operative && connector.fault === null;
  if (!usable || !(accepted ?? trustsOffline(turn, grant.tag))) {
    connector.plugInAt = null;
    scheduleUnplug(turn, connector);
    return;
  }
  connector.grant = grant;
  tryToBegin(turn, connector, grant.remote ? 'remote' : 'tap');
}

export function rememberTag({ state }: Turn, tag: Tag, accepted: boolean): void {
  const others = state.acceptedTags.filter((id) => id !== tag.id);
  state.acceptedTags = accepted ? [...others, tag.id].slice(-100) : others;
}

const trustsOffline = (turn: Turn, tag: Tag): boolean =>
  settingFlag(turn, 'offlineUnknownTags') ||
  (settingFlag(turn, 'offlineKnownTags') && turn.state.acceptedTags.includes(tag.id));

/** A permission nobody plugged in for runs out [ConnectionTimeOut]. */
export function expireGrants({ state, now }: Turn): void {
  for (const connector of state.connectors) {
    if (!connector.grant || connector.grant.expiresAt > now) continue;
    connector.grant = null;
    connector.plugInAt = null;
  }
}
