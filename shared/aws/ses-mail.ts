import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Letter, Mail } from '#shared/core/mail.ts';

/** What SES says of an address that is none; all else may be otherwise at the next try. */
const OF_THE_ADDRESS = new Set(['BadRequestException']);

/**
 * Sends by Amazon SES. `from` is an address of an identity that was verified there. What SES says of a
 * failure may name the address, so its kind alone is told.
 */
export function sesMail(
  from: string,
  client: Pick<SESv2Client, 'send'> = new SESv2Client({ maxAttempts: 5 }),
): Mail['send'] {
  return async (letter) => {
    try {
      await client.send(new SendEmailCommand(inputOf(from, letter)));
      return 'sent';
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'Unknown';
      if (OF_THE_ADDRESS.has(kind)) return 'refused';
      throw new Error(`SES did not take a letter: ${kind}`);
    }
  };
}

const inputOf = (from: string, { to, subject, text, html }: Letter) => ({
  FromEmailAddress: from,
  Destination: { ToAddresses: [to] },
  Content: {
    Simple: {
      Subject: { Data: subject, Charset: 'UTF-8' },
      Body: {
        Text: { Data: text, Charset: 'UTF-8' },
        ...(html === undefined ? {} : { Html: { Data: html, Charset: 'UTF-8' } }),
      },
    },
  },
});
