import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mailFolder } from '#local/mail-folder.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const letter = { to: 'asha@example.com', subject: 'Hello', text: 'Open https://example.com/x' };

it('lays each letter into the data folder, for its owner alone, and tells where', async () => {
  const told: string[] = [];
  const mail = mailFolder(`${temporaryFolder()}/mail`, (_, file) => told.push(file));
  expect(await mail.send(letter)).toBe('sent');
  expect(await mail.send(letter)).toBe('sent');
  expect(new Set(told).size).toBe(2);
  const [file = ''] = told;
  expect(readFileSync(file, 'utf8')).toBe(
    'To: asha@example.com\nSubject: Hello\n\nOpen https://example.com/x\n',
  );
  expect(statSync(file).mode & 0o077).toBe(0);
});
