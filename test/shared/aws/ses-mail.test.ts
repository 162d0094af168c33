import { describe, expect, it } from 'vitest';
import { sesMail } from '#shared/aws/ses-mail.ts';

const letter = { to: 'asha@example.com', subject: 'Hello', text: 'Welcome.' };

/** SES as its API reference describes it, as far as a letter goes. */
function anSes(failure?: string) {
  const asked: unknown[] = [];
  const send = async ({ input }: { readonly input: unknown }) => {
    asked.push(input);
    if (failure) throw Object.assign(new Error('asha@example.com is …'), { name: failure });
    return {};
  };
  // biome-ignore lint/suspicious/noExplicitAny: the client's `send` has a signature for each command.
  return { asked, client: { send } as any };
}

describe('mail by SES', () => {
  it('is sent from the configured address, in UTF-8', async () => {
    const { asked, client } = anSes();
    expect(await sesMail('chargespot@example.com', client)(letter)).toBe('sent');
    expect(asked).toEqual([
      {
        FromEmailAddress: 'chargespot@example.com',
        Destination: { ToAddresses: ['asha@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Hello', Charset: 'UTF-8' },
            Body: { Text: { Data: 'Welcome.', Charset: 'UTF-8' } },
          },
        },
      },
    ]);
  });

  it('is refused for an address that is none', async () => {
    const { client } = anSes('BadRequestException');
    expect(await sesMail('chargespot@example.com', client)(letter)).toBe('refused');
  });

  it.each(['TooManyRequestsException', 'MessageRejected', 'SendingPausedException'])(
    'is tried again after %s, which tells no address',
    async (failure) => {
      const { client } = anSes(failure);
      const send = sesMail('chargespot@example.com', client)(letter);
      await expect(send).rejects.toThrow(new Error(`SES did not take a letter: ${failure}`));
    },
  );
});
