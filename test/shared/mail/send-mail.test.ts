import { describe, expect, it } from 'vitest';
import { worker } from '#functions/tasks/send-mail.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { testContext } from '#test/support/context.ts';
import { recordedOutboxes } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const letter = {
  to: 'asha@example.com',
  subject: 'Your invitation',
  text: 'Open https://api.magma.test/oauth2/invitations/SECRET-TOKEN to join.',
};
const usefulUntil = '2026-06-08T04:30:00.000Z';

async function change(ctx: Context, said = letter) {
  const tasks = await mailTasks(ctx, said, { usefulUntil });
  await commit(ctx, {
    aggregate: { kind: 'test', id: 'one', version: 1 },
    writes: [],
    tasks,
  });
  return tasks;
}

describe('a letter', () => {
  it('is sent after the change it tells of, once', async () => {
    const ctx = testContext();
    const [task] = await change(ctx);
    expect(ctx.mail.sent).toEqual([]);
    await settle(ctx);
    await worker.run(task?.payload, ctx);
    expect(ctx.mail.sent).toEqual([letter]);
  });

  it('cannot be read in the outbox, on the queue or in the log', async () => {
    const ctx = testContext();
    const tasks = await change(ctx);
    ctx.mail.outcome = 'refused';
    await settle(ctx);
    const seen = JSON.stringify([tasks, recordedOutboxes(ctx), ctx.logs]);
    expect(seen).toContain('send-mail');
    for (const secret of ['SECRET-TOKEN', 'asha@example.com', 'invitation'])
      expect(seen).not.toContain(secret);
  });

  it('opens for its own organization alone', async () => {
    const ctx = testContext();
    const [task] = await change(ctx);
    await worker.run(task?.payload, ctx.as({ tenantId: 'other' }));
    expect(ctx.mail.sent).toEqual([]);
    expect(ctx.logs.at(-1)?.fields).toMatchObject({ why: 'unreadable' });
  });

  it('comes again where it could not be sent, until it is of no use', async () => {
    const ctx = testContext();
    const [task] = await change(ctx);
    ctx.mail.outcome = new Error('Too busy');
    await expect(worker.run(task?.payload, ctx)).rejects.toThrow('Too busy');
    ctx.mail.outcome = 'sent';
    ctx.tick(Date.parse(usefulUntil) - ctx.now().getTime());
    await worker.run(task?.payload, ctx);
    expect(ctx.mail.sent).toEqual([]);
  });

  it('is given up where the address takes none', async () => {
    const ctx = testContext();
    const [task] = await change(ctx);
    ctx.mail.outcome = 'refused';
    await worker.run(task?.payload, ctx);
    expect(ctx.logs.at(-1)?.fields).toMatchObject({ why: 'refused' });
  });

  it('has a subject of one line, whatever an organization calls itself', async () => {
    const ctx = testContext();
    await change(ctx, { ...letter, subject: 'Join Volt\r\nBcc: all@example.com' });
    await settle(ctx);
    expect(ctx.mail.sent[0]?.subject).toBe('Join Volt Bcc: all@example.com');
  });

  it('is not written where the deployment sends none', async () => {
    const ctx = testContext();
    ctx.mail.isOn = false;
    expect(await change(ctx)).toEqual([]);
  });
});
