import type { RecordKind } from '#shared/audit/record-kinds.ts';
import { hideSecrets } from '#shared/commands/secret-input.ts';
import { redact } from '#shared/ocpp-log/redact.ts';
import { maskUid } from '#shared/tokens/mask-uid.ts';

type Fields = Readonly<Record<string, unknown>>;

export const HIDDEN = '[redacted]';

/** Of the table, not of the object: keys, expiry, what events and sorting need. */
const OF_THE_TABLE = /^(pk|sk|gsi\d(pk|sk)|ttl|outbox)$/;
/** What an entry only says was there: that it changed is news, what it was is not. */
const SECRET =
  /(^|_)(secrets?|passwords?|passphrase|private_key|salt|hash|hashes|sealed|otp|pin|totp|authorization)(_|$)|^(access_|refresh_|id_)?tokens?$|_token$/;
/** Kinds of values that are known in public, whatever their names look like. */
const PUBLIC = /^(sha256|fingerprint|issuer_name_hash|issuer_key_hash)$/;
/** Cards open chargers; only the token's own entry names its uid whole, as the token's GET does. */
const CARD = /^(token_uid|uid)$/;

/** A row's fields as the audit log shows them. */
export function shownFields({ object, only, hidden = [] }: RecordKind, row: Fields): Fields {
  const names = Object.keys(row).filter(
    (name) => !OF_THE_TABLE.test(name) && !hidden.includes(name) && (!only || only.includes(name)),
  );
  const isToken = object === 'token';
  return Object.fromEntries(names.map((name) => [name, shown(name, row[name], isToken)]));
}

/** A value as it may be shown under its name, and so all that lies in it. */
export function shown(name: string, value: unknown, isToken = false): unknown {
  if (value === null || value === undefined) return null;
  if (SECRET.test(name) && !PUBLIC.test(name)) return HIDDEN;
  if (CARD.test(name) && !isToken && typeof value === 'string') return maskUid(value);
  return within(hideSecrets(redact(value)));
}

function within(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(within);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(name, each)]));
}
