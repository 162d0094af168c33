import type { Letter, Mail } from '#shared/core/mail.ts';

/** Keeps the letters that were sent. */
export class RecordingMail implements Mail {
  readonly sent: Letter[] = [];
  /** How the next ones end; an error is thrown. */
  outcome: 'sent' | 'refused' | Error = 'sent';
  isOn = true;

  async send(letter: Letter): Promise<'sent' | 'off' | 'refused'> {
    if (!this.isOn) return 'off';
    if (this.outcome instanceof Error) throw this.outcome;
    if (this.outcome === 'sent') this.sent.push(letter);
    return this.outcome;
  }

  /** The first link in the last letter to somebody. */
  linkTo(address: string): string {
    const last = this.sent.filter(({ to }) => to === address).at(-1);
    return /https?:\/\/\S+/.exec(last?.text ?? '')?.[0] ?? '';
  }
}
