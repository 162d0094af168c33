/** OCPP-J message types [1.6J section 4.1.3]. */
const CALL = 2;
const RESULT = 3;
const ERROR = 4;

export type Frame =
  | { kind: 'call'; id: string; action: string; payload: unknown }
  | { kind: 'result'; id: string; payload: unknown }
  | { kind: 'error'; id: string; code: string; description: string }
  | { kind: 'unknown_type'; id: string }
  | { kind: 'rubbish' };

/** Reads a frame; whatever cannot be one is `rubbish`, never an exception. */
export function decodeFrame(text: string): Frame {
  const parts = parseArray(text);
  const [type, id] = parts;
  if (typeof id !== 'string') return { kind: 'rubbish' };
  const [, , third, fourth] = parts;
  if (type === CALL) {
    return typeof third === 'string'
      ? { kind: 'call', id, action: third, payload: fourth ?? {} }
      : { kind: 'rubbish' };
  }
  if (type === RESULT) return { kind: 'result', id, payload: third ?? {} };
  if (type === ERROR) {
    return { kind: 'error', id, code: String(third ?? ''), description: String(fourth ?? '') };
  }
  return typeof type === 'number' ? { kind: 'unknown_type', id } : { kind: 'rubbish' };
}

function parseArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** `empty` is how an empty payload is written by those who do not write `{}`. */
export function callFrame(
  id: string,
  action: string,
  payload: object,
  empty?: 'null' | 'missing',
): string {
  const isEmpty = empty && Object.keys(payload).length === 0;
  if (!isEmpty) return JSON.stringify([CALL, id, action, payload]);
  return JSON.stringify(empty === 'null' ? [CALL, id, action, null] : [CALL, id, action]);
}

export const resultFrame = (id: string, payload: object): string =>
  JSON.stringify([RESULT, id, payload]);

/** Of five elements; chargers with bad manners leave the last ones out. */
export function errorFrame(
  id: string,
  code: string,
  description: string,
  without?: 'no_details' | 'no_description',
): string {
  const frame = [ERROR, id, code, description, {}];
  return JSON.stringify(without ? frame.slice(0, without === 'no_details' ? 4 : 3) : frame);
}
