import {
  numberOfText,
  respellDecimal,
  respellEnum,
  respellInstant,
  textOfNumber,
  truncated,
} from '#shared/ocpp/repair/respell.ts';
import type { Change } from '#shared/ocpp/repair/tree.ts';
import type { Violation } from '#shared/ocpp/schemas/violation.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** One violation together with what was sent there. */
export interface Finding {
  readonly version: OcppVersion;
  readonly action: string;
  readonly violation: Violation;
  readonly value: unknown;
}

interface Rule {
  readonly name: string;
  /** The change that mends it, or undefined when this rule does not know this slip. */
  readonly mend: (finding: Finding) => Change | undefined;
}

/**
 * The slips chargers are known for, in the order they are tried. A rule only re-spells what was
 * sent, or leaves out what says nothing: none may invent a value.
 */
export const rules: readonly Rule[] = [
  {
    name: 'unknown-field-dropped',
    mend: ({ violation }) => when(is(violation, 'additionalProperties'), 'drop'),
  },
  { name: 'empty-field-dropped', mend: (finding) => when(isEmpty(finding), 'drop') },
  { name: 'zone-assumed-utc', mend: (finding) => instant(finding, false) },
  { name: 'instant-respelled', mend: (finding) => instant(finding, true) },
  {
    name: 'noise-read-as-zero',
    mend: ({ violation }) => when(is(violation, 'noise'), { value: 0 }),
  },
  { name: 'decimal-respelled', mend: decimal },
  { name: 'data-written-as-text', mend: dataAsText },
  { name: 'number-written-as-text', mend: numberAsText },
  { name: 'text-read-as-number', mend: textAsNumber },
  { name: 'register-rounded', mend: registerRounded },
  { name: 'text-read-as-boolean', mend: textAsBoolean },
  { name: 'enum-respelled', mend: enumRespelled },
  { name: 'error-code-unknown', mend: errorCode },
  { name: 'context-unknown', mend: context },
  { name: 'text-truncated', mend: overLong },
];

const is = (violation: Violation, keyword: string) => violation.keyword === keyword;
const when = (holds: boolean, change: Change) => (holds ? change : undefined);
const valued = (value: unknown): Change | undefined =>
  value === undefined ? undefined : { value };

/** `null` for "none", and an empty text where only a number, an instant or a choice can stand. */
function isEmpty({ violation, value }: Finding): boolean {
  return value === null || (value === '' && ['type', 'format', 'enum'].includes(violation.keyword));
}

function instant({ violation, value }: Finding, hasZone: boolean): Change | undefined {
  if (violation.params['format'] !== 'date-time' || typeof value !== 'string') return undefined;
  const respelled = respellInstant(value);
  return respelled?.hasZone === hasZone ? { value: respelled.instant } : undefined;
}

function decimal({ violation, value }: Finding): Change | undefined {
  if (!is(violation, 'decimal') || typeof value !== 'string') return undefined;
  return valued(respellDecimal(value));
}

/** 1.6 knows only text in DataTransfer; vendors put whole objects there. */
function dataAsText({ version, action, violation, value }: Finding): Change | undefined {
  const isData = version === 'ocpp1.6' && action === 'DataTransfer' && violation.path === '/data';
  return when(isData && typeof value === 'object', { value: JSON.stringify(value) });
}

function numberAsText({ violation, value }: Finding): Change | undefined {
  if (violation.params['type'] !== 'string') return undefined;
  if (typeof value === 'boolean') return { value: String(value) };
  return typeof value === 'number' ? valued(textOfNumber(value)) : undefined;
}

function textAsNumber({ violation, value }: Finding): Change | undefined {
  const type = violation.params['type'];
  if (typeof value !== 'string' || (type !== 'integer' && type !== 'number')) return undefined;
  const number = numberOfText(value);
  return type === 'integer' && !Number.isInteger(number) ? undefined : valued(number);
}

/** A register of 1.6 counts whole Wh; a fraction of one is no money, the number lost would be. */
function registerRounded({ violation, value }: Finding): Change | undefined {
  const isRegister = violation.path === '/meterStart' || violation.path === '/meterStop';
  if (!isRegister || violation.params['type'] !== 'integer') return undefined;
  const number = typeof value === 'string' ? numberOfText(value) : value;
  return typeof number === 'number' ? { value: Math.round(number) } : undefined;
}

function textAsBoolean({ violation, value }: Finding): Change | undefined {
  if (violation.params['type'] !== 'boolean' || typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return when(word === 'true' || word === 'false', { value: word === 'true' });
}

function enumRespelled({ violation, value }: Finding): Change | undefined {
  const allowed = violation.params['allowedValues'];
  if (typeof value !== 'string' || !Array.isArray(allowed)) return undefined;
  return valued(respellEnum(value, allowed.map(String)));
}

/** 1.6 has a code for "something else", so a code of the vendor's own is still a fault report. */
function errorCode({ action, violation, value }: Finding): Change | undefined {
  const isCode = action === 'StatusNotification' && violation.path === '/errorCode';
  return when(isCode && typeof value === 'string', { value: 'OtherError' });
}

/** Why a reading was taken does not change what it says; any other attribute would. */
function context({ violation }: Finding): Change | undefined {
  return when(
    is(violation, 'enum') && /\/sampledValue\/\d+\/context$/.test(violation.path),
    'drop',
  );
}

/**
 * Text written for people. Identifiers, tokens, signatures and certificates are not in this list: a
 * part of one is another one.
 */
const descriptive = new Set([
  'additionalInfo',
  'chargeBoxSerialNumber',
  'chargePointModel',
  'chargePointSerialNumber',
  'chargePointVendor',
  'firmwareVersion',
  'info',
  'meterSerialNumber',
  'meterType',
  'model',
  'reasonCode',
  'techCode',
  'techInfo',
  'vendorErrorCode',
  'vendorName',
]);

function overLong({ violation, value }: Finding): Change | undefined {
  const { path, params } = violation;
  // Elsewhere a serial number identifies a certificate.
  const isText =
    descriptive.has(path.split('/').at(-1) ?? '') || path === '/chargingStation/serialNumber';
  if (!isText || !is(violation, 'maxLength') || typeof value !== 'string') return undefined;
  return typeof params['limit'] === 'number'
    ? { value: truncated(value, params['limit']) }
    : undefined;
}
