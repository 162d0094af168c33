import { valueAt } from '#shared/ocpp/repair/tree.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** A sampled value as it was sent, whatever it is, with the JSON pointer to it. */
export interface SentReading {
  readonly path: string;
  readonly measurand: string;
  readonly phase: unknown;
  readonly context: unknown;
  readonly value: unknown;
  /** 1.6 has the unit beside the value, 2.x below `unitOfMeasure`. */
  readonly unitPath: string;
  readonly unit: unknown;
  /** The readings of the same instant. */
  readonly of: string;
}

const DEFAULT_MEASURAND = 'Energy.Active.Import.Register';
const LISTS = ['/meterValue', '/transactionData'];

/** Every sampled value of a message. Signed ones are left alone: their meaning is in the signature. */
export function readingsOf(payload: unknown, version: OcppVersion): SentReading[] {
  const instants = LISTS.flatMap((list) => children(payload, list));
  return instants.flatMap((of) =>
    children(payload, `${of}/sampledValue`).flatMap((path) => {
      const at = (field: string) => valueAt(payload, `${path}/${field}`);
      if (at('format') === 'SignedData') return [];
      const unitPath = `${path}/${version === 'ocpp1.6' ? 'unit' : 'unitOfMeasure/unit'}`;
      const measurand = at('measurand');
      return [
        {
          path,
          measurand: typeof measurand === 'string' ? measurand : DEFAULT_MEASURAND,
          phase: at('phase'),
          context: at('context'),
          value: at('value'),
          unitPath,
          unit: valueAt(payload, unitPath),
          of,
        },
      ];
    }),
  );
}

export const isRegister = ({ measurand }: SentReading): boolean => measurand === DEFAULT_MEASURAND;

function children(payload: unknown, path: string): string[] {
  const list = valueAt(payload, path);
  return Array.isArray(list) ? list.map((_, n) => `${path}/${n}`) : [];
}
