/** The value of a JSON text, tolerating what chargers put around it. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(bare(text)) };
  } catch {
    return undefined;
  }
}

/** Stops at the limit itself, so the check is safe on any depth. */
export function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const child of Object.values(value)) if (isTooDeep(child, levels - 1)) return true;
  return false;
}

/** What the start of an unreadable message still tells: its type, and its id if it is whole. */
export function salvage(text: string, longestId: number): { type?: number; id?: string } {
  const match = /^\[\s*(\d)\s*,(?:\s*"([^"\\\p{Cc}]*)"\s*,)?/u.exec(bare(text.slice(0, 1024)));
  if (!match) return {};
  const [, type, id] = match;
  return {
    type: Number(type),
    ...(id !== undefined && id.length <= longestId ? { id } : {}),
  };
}

/** Without byte order mark, white space, and the NULs of firmware that sends its whole buffer. */
function bare(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPadding(text.charCodeAt(start))) start++;
  while (end > start && isPadding(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const padding = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20, 0xfeff]);
const isPadding = (code: number) => padding.has(code);
