/** One letter to one person. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** Plain text; always there, also beside `html`. */
  readonly text: string;
  readonly html?: string | undefined;
}

/**
 * The way out for letters. Workers alone send (functions/tasks/send-mail.ts): whoever has something to
 * say puts a task beside the change (shared/mail/mail-task.ts), so that no crash loses it.
 */
export interface Mail {
  /** False where this deployment sends none: nobody has said from whom. */
  readonly isOn: boolean;
  /** `refused`: this address takes none, now or ever. Throws where another try may help. */
  send(letter: Letter): Promise<'sent' | 'off' | 'refused'>;
}
