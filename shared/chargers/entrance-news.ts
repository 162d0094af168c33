import type { Charger } from '#shared/chargers/charger.ts';
import type { Entrance } from '#shared/chargers/entrance.ts';

/** What coming in can tell of a charger. */
export type CredentialNews = Partial<
  Pick<Charger, 'password' | 'other_passwords' | 'security_profile' | 'moving'>
>;

/** What its coming in this way tells us of a charger's secrets; undefined where all is as it was. */
export function newsOf(charger: Charger, entrance: Entrance): CredentialNews | undefined {
  const changes = { ...seenPassword(charger, entrance), ...reachedProfile(charger, entrance) };
  return Object.keys(changes).length > 0 ? changes : undefined;
}

function seenPassword(charger: Charger, { profile, secret }: Entrance): CredentialNews {
  const { other_passwords: others } = charger;
  if (profile !== 1 && profile !== 2) return {};
  if (secret === null) {
    // The one in use was seen: those before it are history.
    const left = others.filter(({ state }) => state === 'offered');
    return left.length < others.length ? { other_passwords: left } : {};
  }
  const at = others.findIndex(({ id }) => id === secret);
  const seen = others[at];
  if (seen?.state !== 'offered') return {};
  const { salt, hash } = seen;
  // What was handed out after it may still reach the charger.
  const later = others.slice(at + 1).filter(({ state }) => state === 'offered');
  return { password: { salt, hash }, other_passwords: later };
}

function reachedProfile(
  { moving, security_profile }: Charger,
  { profile }: Entrance,
): CredentialNews {
  if (!moving) return {};
  const isUp = moving.profile > security_profile;
  if (isUp ? profile < moving.profile : profile !== moving.profile) return {};
  return { security_profile: moving.profile, moving: null };
}
