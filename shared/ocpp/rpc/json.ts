/** The value of a JSON text, tolerating what chargers put around it. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  const frame = bare(text);
  return parsed(frame) ?? parsed(withNulls(frame));
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Firmware that has no number to print leaves `"transactionId":,` behind: nothing is meant, so null. */
function withNulls(text: string): string {
  let filled = '';
  let copied = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText && character === '\\') at++;
    else if (character === '"') inText = !inText;
    else if (!inText && character === ':') {
      let next = at + 1;
      while (next < text.length && isPadding(text.charCodeAt(next))) next++;
      if (text[next] === ',' || text[next] === '}') {
        filled += `${text.slice(copied, at + 1)}null`;
        copied = at + 1;
      }
      at = next - 1;
    }
  }
  return filled + text.slice(copied);
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
