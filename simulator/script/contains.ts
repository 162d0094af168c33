const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value has at least what the other has: objects may say more, lists may not. */
export function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) &&
      value.length === part.length &&
      part.every((one, at) => contains(value[at], one))
    );
  }
  if (!isRecord(part)) return value === part;
  return isRecord(value) && Object.entries(part).every(([name, one]) => contains(value[name], one));
}
