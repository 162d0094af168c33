import { isSecretName } from '#shared/configuration/secret-names.ts';

const HIDDEN = '[redacted]';

/** Fields that are secrets themselves: a SIM's PIN, and the shared key of a VPN. */
const isSecretField = (name: string) => isSecretName(name) || /^(simPin|key)$/.test(name);

/** Names under which the value of a named setting stands, in either version. */
const VALUES = ['value', 'attributeValue'];

/** What becomes of secrets, and of all other text. */
interface Changing {
  readonly secret: (value: unknown) => unknown;
  readonly text: (text: string) => string;
}

/** A payload as it may be shown: passwords are hidden, wherever they stand. */
export const redact = (payload: unknown): unknown =>
  changed(payload, { secret: () => HIDDEN, text: redactUrl });

/** A payload as it may be kept until it is sent: its passwords sealed, where they are text. */
export const sealWithin = (payload: unknown, seal: (text: string) => string): unknown =>
  changed(payload, {
    secret: (value) => (typeof value === 'string' ? seal(value) : value),
    text: (text) => text,
  });

/**
 * A setting is known by its name beside it (`key` in 1.6, `variable.name` in 2.x), anything else by its
 * own.
 */
function changed(payload: unknown, how: Changing): unknown {
  if (typeof payload === 'string') return how.text(payload);
  if (Array.isArray(payload)) return payload.map((each) => changed(each, how));
  if (typeof payload !== 'object' || payload === null) return payload;
  const namesSecret = isSecretName(settingName(payload));
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => {
      if (namesSecret && holdsValue(name) && value !== null) return [name, valuesOf(value, how)];
      const isSecret = isOwnSecret(name, value, payload);
      return [name, isSecret ? how.secret(value) : changed(value, how)];
    }),
  );
}

/** What a charger keeps of a customer is for who asked for it, and outlives no erasure in a log. */
export function redactMessage(action: string | null | undefined, payload: unknown): unknown {
  const shown = redact(payload);
  if (action !== 'NotifyCustomerInformation') return shown;
  return typeof shown === 'object' && shown && 'data' in shown ? { ...shown, data: HIDDEN } : shown;
}

const holdsValue = (name: string) => VALUES.includes(name) || name === 'variableAttribute';

/** Several values of one variable, as a report lists them. */
const valuesOf = (value: unknown, { secret }: Changing): unknown =>
  Array.isArray(value)
    ? value.map((one) =>
        typeof one === 'object' && one ? { ...one, value: secret(Object(one).value) } : secret(one),
      )
    : secret(value);

/** `key` beside `value` or `readonly` is the name of a setting; in a VPN it is the key itself. */
function isOwnSecret(name: string, value: unknown, beside: object): boolean {
  const isPlain = typeof value === 'string' || typeof value === 'number';
  if (!isPlain || !isSecretField(name)) return false;
  return name !== 'key' || !('value' in beside || 'readonly' in beside);
}

function settingName(setting: object): string {
  const key = 'key' in setting ? setting.key : undefined;
  const variable = 'variable' in setting ? setting.variable : undefined;
  if (typeof key === 'string') return key;
  const named = typeof variable === 'object' && variable !== null && 'name' in variable;
  return named ? String(variable.name) : '';
}

/** Who uploads or downloads may be told name and password, or a signature, in the address. */
const redactUrl = (text: string): string =>
  text
    .replace(/^([a-z][a-z0-9+.-]{1,20}:\/\/)[^/@\s]{1,300}@/i, `$1${HIDDEN}@`)
    .replace(/([?&](?:X-Amz-(?:Signature|Security-Token)|sig|token)=)[^&#\s]+/gi, `$1${HIDDEN}`);

/** What cannot be parsed cannot be searched: text that may hold a password is not shown. */
export const redactText = (text: string): string =>
  /authorization_?key|password|secret|psk|private/i.test(text) ? HIDDEN : text;
