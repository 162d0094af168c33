import type { UploadOutcome } from '#simulator/logs/upload-log.ts';

const PATIENCE_MS = 120_000;
const REFUSALS = [401, 403];

/** Puts a text to an address, or into the folder that the address names with a slash at its end. */
export async function upload(wanted: {
  url: string;
  fileName: string;
  body: string;
}): Promise<UploadOutcome> {
  const url = URL.parse(wanted.url);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return 'unsupported';
  if (url.pathname.endsWith('/')) url.pathname += encodeURIComponent(wanted.fileName);
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { method: 'PUT', body: wanted.body, signal });
    await response.body?.cancel();
    if (response.ok) return 'stored';
    return REFUSALS.includes(response.status) ? 'refused' : 'failed';
  } catch {
    return 'failed';
  }
}
