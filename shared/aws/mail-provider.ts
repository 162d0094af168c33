import type { Mail } from '#shared/core/mail.ts';

type Send = Mail['send'];
type Make = (from: string) => Promise<Send>;
let make: Make | undefined;

/** Called by shared/aws/provide-ses-mail.ts, in the bundles of functions that send. */
export function provideMail(factory: Make): void {
  make ??= factory;
}

export async function mailFrom(from: string): Promise<Send> {
  if (!make) throw new Error('Import shared/aws/provide-ses-mail.ts in a function that sends mail');
  return make(from);
}
