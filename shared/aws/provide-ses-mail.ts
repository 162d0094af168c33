import { provideMail } from '#shared/aws/mail-provider.ts';

// Imported by the function that sends: no other bundle holds the client of SES, and it loads it when it
// first sends.
provideMail(async (from) => {
  const { sesMail } = await import('#shared/aws/ses-mail.ts');
  return sesMail(from);
});
