import { isDecimal } from '#shared/ocpp/repair/respell.ts';
import { valueAt } from '#shared/ocpp/repair/tree.ts';
import type { Violation } from '#shared/ocpp/schemas/violation.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const readingLists: Readonly<Record<string, string>> = {
  MeterValues: '/meterValue',
  StopTransaction: '/transactionData',
};

/**
 * What the 1.6 schemas cannot say: a reading is text there, yet unless it is signed data it must be
 * a number. So every reading that gets past here is a plain decimal.
 */
export function numberlessReadings(
  version: OcppVersion,
  action: string,
  payload: unknown,
): Violation[] {
  if (version !== 'ocpp1.6' || !Object.hasOwn(readingLists, action)) return [];
  const list = readingLists[action] ?? '';
  return items(payload, list).flatMap((entry) =>
    items(payload, `${entry}/sampledValue`).flatMap((reading) => {
      const value = valueAt(payload, `${reading}/value`);
      const isSigned = valueAt(payload, `${reading}/format`) === 'SignedData';
      return isSigned || typeof value !== 'string' || isDecimal(value)
        ? []
        : [notDecimal(`${reading}/value`)];
    }),
  );
}

function items(root: unknown, path: string): string[] {
  const list = valueAt(root, path);
  return Array.isArray(list) ? list.map((_, index) => `${path}/${index}`) : [];
}

const notDecimal = (path: string): Violation => ({
  path,
  keyword: 'decimal',
  code: 'PropertyConstraintViolation',
  message: 'must be a decimal number',
  params: {},
});
