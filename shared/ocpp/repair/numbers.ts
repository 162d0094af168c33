import type { Violation } from '#shared/ocpp/schemas/violation.ts';

/** Nothing that is measured is smaller, and the table could not hold it: it is rounding noise around 0. */
const SMALLEST = 1e-100;

/**
 * What no schema says of numbers: one that is not 0 but as good as that, and a whole one so large that a
 * double has lost its last digits. What vendors add of their own is theirs.
 */
export const strangeNumbers = (payload: unknown): Violation[] => strangeIn(payload, '');

function strangeIn(node: unknown, path: string): Violation[] {
  if (typeof node === 'number') {
    if (node !== 0 && Math.abs(node) < SMALLEST) return [violation('noise', path, 'must be 0')];
    const isLost = Number.isInteger(node) && !Number.isSafeInteger(node);
    return isLost ? [violation('safe', path, 'must be exact in a double')] : [];
  }
  if (Array.isArray(node)) return node.flatMap((item, n) => strangeIn(item, `${path}/${n}`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) =>
    name === 'customData' || (path === '' && name === 'data')
      ? []
      : strangeIn(child, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

const violation = (keyword: string, path: string, message: string): Violation => ({
  path,
  keyword,
  code: 'PropertyConstraintViolation',
  message,
  params: {},
});
