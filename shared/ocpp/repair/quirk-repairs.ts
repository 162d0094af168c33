import { instantOfLocal, writtenZone } from '#shared/ocpp/repair/local-time.ts';
import type { QuirkRepairs } from '#shared/ocpp/repair/quirk.ts';
import { isRegister, readingsOf, type SentReading } from '#shared/ocpp/repair/quirk-readings.ts';
import { numberOfText } from '#shared/ocpp/repair/respell.ts';
import { type Change, valueAt } from '#shared/ocpp/repair/tree.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** A request as it came: of any shape, for no schema has seen it yet. */
export interface Sent {
  readonly version: OcppVersion;
  readonly action: string;
  readonly payload: unknown;
}

type Changes = readonly (readonly [path: string, change: Change])[];
type Repairer = (sent: Sent, settings: QuirkRepairs) => Changes;

/** How each repair of a quirk that has it reads what was sent. */
export const quirkRepairs: Readonly<Record<keyof QuirkRepairs, Repairer>> = {
  energy_unit: (sent) => [
    ...relabelled(sent, /^Energy\.Active\./, 'Wh', 'kWh'),
    ...REGISTERS.flatMap((path) => timesThousand(sent, path)),
  ],
  power_unit: (sent) => relabelled(sent, /^Power\.Active\./, 'W', 'kW'),
  register: (sent) =>
    readings(sent, isRegister).map(({ path }) => [
      `${path}/measurand`,
      { value: 'Energy.Active.Import.Interval' },
    ]),
  zero_register: (sent) =>
    withoutReadings(sent, (r) => isRegister(r) && isZero(r.value) && !begins(r)),
  repeated_begin: (sent) =>
    withoutReadings(sent, (r, others) => begins(r) && others.some(renews(r))),
  neutral_current: (sent, { neutral_current: phase }) =>
    readings(sent, (r) => r.measurand === 'Current.Import' && r.phase === 'N').map(({ path }) => [
      `${path}/phase`,
      { value: phase },
    ]),
  timezone: ({ payload }, { timezone }) =>
    times(payload).flatMap(([path, text]) => {
      const isWrong = timezone && writtenZone(text) === timezone.written;
      const instant = isWrong ? instantOfLocal(text, timezone.zone) : undefined;
      return instant === undefined ? [] : [[path, { value: instant }] as const];
    }),
  missing_connector: ({ version, action, payload }, { missing_connector: connector }) =>
    version === 'ocpp1.6' && NAMES_CONNECTOR.includes(action) && isMissing(payload)
      ? [['/connectorId', { value: connector }]]
      : [],
};

const REGISTERS = ['/meterStart', '/meterStop'];
const NAMES_CONNECTOR = ['MeterValues', 'StartTransaction', 'StatusNotification'];
const isMissing = (payload: unknown) => valueAt(payload, '/connectorId') == null;

const readings = ({ payload, version }: Sent, wanted: (reading: SentReading) => boolean) =>
  readingsOf(payload, version).filter(wanted);

const relabelled = (sent: Sent, measurands: RegExp, written: string, meant: string): Changes =>
  readings(
    sent,
    ({ measurand, unit }) => measurands.test(measurand) && (unit == null || unit === written),
  ).map(({ unitPath, path }) =>
    valueAt(sent.payload, parentOf(unitPath)) === undefined
      ? [`${path}/unitOfMeasure`, { value: { unit: meant } }]
      : [unitPath, { value: meant }],
  );

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

function timesThousand({ payload }: Sent, path: string): Changes {
  const sent = valueAt(payload, path);
  const value = typeof sent === 'string' ? numberOfText(sent) : sent;
  return typeof value === 'number' ? [[path, { value: Math.round(value * 1000) }]] : [];
}

const isZero = (value: unknown) =>
  (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) &&
  Number(value) === 0;
const begins = ({ context }: SentReading) => context === 'Transaction.Begin';

/** The same quantity, measured later. */
const renews = (reading: SentReading) => (other: SentReading) =>
  other.measurand === reading.measurand && other.phase === reading.phase && !begins(other);

/** With the last reading of an instant goes the instant: the schemas want one at least. */
function withoutReadings(
  { payload, version }: Sent,
  isGone: (reading: SentReading, ofTheInstant: readonly SentReading[]) => boolean,
): Changes {
  const instants = Map.groupBy(readingsOf(payload, version), ({ of }) => of);
  return [...instants].flatMap(([of, all]): Changes => {
    const gone = all.filter((reading) => isGone(reading, all));
    const sent = valueAt(payload, `${of}/sampledValue`);
    const isAll = Array.isArray(sent) && sent.length === gone.length;
    return isAll ? [[of, 'drop']] : gone.map(({ path }) => [path, 'drop']);
  });
}

/** Every `timestamp` of a message that is text. */
function times(node: unknown, path = ''): (readonly [path: string, text: string])[] {
  if (Array.isArray(node)) return node.flatMap((item, n) => times(item, `${path}/${n}`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) =>
    name === 'timestamp' && typeof child === 'string'
      ? [[`${path}/timestamp`, child] as const]
      : times(child, `${path}/${escaped(name)}`),
  );
}
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
