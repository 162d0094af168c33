import { AppError } from '#shared/core/errors.ts';
import { callableUrl } from '#shared/net/callable-url.ts';

/** The URL as it is stored: see {@link callableUrl}. Throws validation_failed. */
export function webhookUrl(text: string, livemode: boolean): string {
  const url = callableUrl(text, livemode);
  if ('href' in url) return url.href;
  throw new AppError('validation_failed', 'This URL cannot be sent events.', {
    errors: [{ field: 'url', code: 'url_not_allowed', message: url.refused }],
  });
}
