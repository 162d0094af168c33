import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Letter, Mail } from '#shared/core/mail.ts';

/** Sends nothing to anybody: each letter becomes a file of the data folder, for whoever develops. */
export function mailFolder(
  folder: string,
  onMail: (letter: Letter, file: string) => void = () => {},
  now = () => new Date(),
): Mail {
  let count = 0;
  return {
    isOn: true,
    send: async (letter) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      count += 1;
      const at = now().toISOString().replaceAll(/[:.]/g, '-');
      const file = join(folder, `${at}-${count}.txt`);
      // Its links open accounts: for the one who runs this alone.
      writeFileSync(file, textOf(letter), { mode: 0o600 });
      onMail(letter, file);
      return 'sent';
    },
  };
}

const textOf = ({ to, subject, text }: Letter) => `To: ${to}\nSubject: ${subject}\n\n${text}\n`;
