import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

const MessageId = z.int().min(0).max(2_147_483_647);

/** What a screen of a charger shows, when and how urgently. */
export const DisplayMessage = z
  .object({
    message_id: MessageId.meta({ description: 'Its number at this charger.', example: 12 }),
    text: z.string().max(512).meta({ example: 'Basement closes at 22:00.' }),
    format: z.enum(['text', 'ascii', 'html', 'uri']).meta({
      description: 'What the text is; not every screen shows each.',
    }),
    language: z.string().max(8).nullable().meta({ example: 'en-IN' }),
    priority: z.enum(['always_front', 'in_front', 'normal']).meta({
      description: '`normal` takes its turn with others, `in_front` goes before those.',
    }),
    state: z.enum(['charging', 'faulted', 'idle', 'unavailable']).nullable().meta({
      description: 'Shown only while the charger is in this state.',
    }),
    starts_at: z.iso.datetime().nullable(),
    ends_at: z.iso.datetime().nullable(),
    session_id: z.string().max(64).nullable().meta({
      description: 'Shown while this session goes on, and removed at its end.',
    }),
  })
  .meta({ id: 'DisplayMessage', description: 'A message on the screen of a charger.' });
export type DisplayMessage = z.infer<typeof DisplayMessage>;

/** As it lies in its row: `request` is the report that told of it last. */
const StoredMessage = DisplayMessage.extend({ request: z.int().nullable().default(null) });

export const displayItem = (
  ctx: Context,
  chargerId: string,
  message: DisplayMessage,
  request: number | null = null,
): Item => ({
  ...message,
  request,
  ...keys.displayMessage(ctx.tenantId, chargerId, message.message_id),
});

/** What the screen of a charger shows, as far as we know: what we set, and what it reported. */
export async function displayMessagesOf(ctx: Context, chargerId: string) {
  const query = keys.displayMessagesOf(ctx.tenantId, chargerId);
  return (await readAll(ctx, query)).map((item) => StoredMessage.parse(item));
}
