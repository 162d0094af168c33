import { describe, test } from 'vitest';
import * as z from 'zod';
import { decodeCursor, encodeCursor } from '#shared/core/paging.ts';
import { fieldErrors } from '#shared/http/field-errors.ts';
import { answerList, commaList } from '#shared/http/list.ts';
import { testContext } from '#test/support/context.ts';

const HOUR = 3_600_000;
const numbers = [1, 2, 3, 4, 5];

/** A domain's list: the place is the index of the next item. */
const readNumbers = async ({ limit, cursor }: { limit: number; cursor?: string | undefined }) => {
  const from = Number(cursor ?? 0);
  const end = from + limit;
  return {
    items: numbers.slice(from, end),
    total: numbers.length,
    ...(end < numbers.length ? { cursor: String(end) } : {}),
  };
};
const about = { list: 'listNumbers', plural: 'numbers' } as const;

describe('a list', () => {
  test('is read page by page to its end, each item once', async ({ expect }) => {
    const ctx = testContext();
    const seen: number[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const query = { limit: 2, cursor, site_id: 'BLR-IND' };
      const page = await answerList(ctx, { ...about, query }, readNumbers);
      seen.push(...page.numbers);
      expect(page.total).toBe(5);
      cursor = page.next_cursor ?? undefined;
      pages += 1;
    } while (cursor);
    expect([seen, pages]).toEqual([numbers, 3]);
  });

  test('knows no total where none was counted', async ({ expect }) => {
    const query = { limit: 2 };
    const page = await answerList(testContext(), { ...about, query }, async () => ({ items: [1] }));
    expect(page).toEqual({ numbers: [1], total: null, next_cursor: null });
  });
});

describe('several values with commas between them', () => {
  const query = z.object({ status: commaList(z.enum(['open', 'closed'])) });

  test('are read one by one', ({ expect }) => {
    expect(query.parse({ status: 'open,closed,' })).toEqual({ status: ['open', 'closed'] });
  });

  test('with a wrong one are refused as wrong, not as missing', ({ expect }) => {
    const sent = { status: 'open,banana' };
    expect(fieldErrors(query.safeParse(sent).error?.issues ?? [], sent)).toEqual([
      { field: 'status.1', code: 'invalid_value', message: expect.stringContaining('"closed"') },
    ]);
    expect(fieldErrors(query.safeParse({}).error?.issues ?? [], {})).toMatchObject([
      { field: 'status', code: 'required' },
    ]);
  });
});

describe('a cursor', () => {
  const first = async (ctx = testContext(), query = { limit: 2, site_id: 'BLR-IND' }) =>
    (await answerList(ctx, { ...about, query }, readNumbers)).next_cursor ?? '';
  const refused = (code: string) => ({
    code: 'invalid_request',
    errors: [{ field: 'cursor', code }],
  });

  test('tells nothing of where it points', async ({ expect }) => {
    const cursor = await encodeCursor(testContext(), 'list', 'demo#CHGS');
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain('demo#CHGS');
  });

  test('goes on with another page size', async ({ expect }) => {
    const ctx = testContext();
    const query = { limit: 4, site_id: 'BLR-IND', cursor: await first(ctx) };
    const page = await answerList(ctx, { ...about, query }, readNumbers);
    expect(page.numbers).toEqual([3, 4, 5]);
  });

  test('does not go on with other filters, in another list, or for another organization', async ({
    expect,
  }) => {
    const ctx = testContext();
    const cursor = await first(ctx);
    const query = { limit: 2, site_id: 'BLR-IND', cursor };
    const other = { ...about, query: { ...query, site_id: 'DEL-1' } };
    await expect(answerList(ctx, other, readNumbers)).rejects.toMatchObject(
      refused('invalid_cursor'),
    );
    const list = { ...about, list: 'listOthers', query };
    await expect(answerList(ctx, list, readNumbers)).rejects.toMatchObject(
      refused('invalid_cursor'),
    );
    const stranger = ctx.as({ tenantId: 'other' });
    await expect(answerList(stranger, { ...about, query }, readNumbers)).rejects.toMatchObject(
      refused('invalid_cursor'),
    );
  });

  test('is good for 24 hours', async ({ expect }) => {
    const ctx = testContext();
    const cursor = await encodeCursor(ctx, 'list', 'place');
    ctx.tick(24 * HOUR);
    expect(await decodeCursor(ctx, 'list', cursor)).toBe('place');
    ctx.tick(1);
    await expect(decodeCursor(ctx, 'list', cursor)).rejects.toMatchObject(
      refused('expired_cursor'),
    );
  });

  test('that was changed in any character is refused', async ({ expect }) => {
    const ctx = testContext();
    const cursor = await encodeCursor(ctx, 'list', 'place');
    for (let n = 0; n < cursor.length; n++) {
      const changed = cursor.slice(0, n) + (cursor[n] === 'A' ? 'B' : 'A') + cursor.slice(n + 1);
      // The last character carries bits that are not part of any byte.
      if (Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url'))) continue;
      await expect(decodeCursor(ctx, 'list', changed)).rejects.toMatchObject(
        refused('invalid_cursor'),
      );
    }
  });

  test.for(['', 'x', '2', 'Infinity', '{"pk":"other#ORG"}', 'a'.repeat(2048)])(
    'cannot be made up: %s',
    async (cursor, { expect }) => {
      await expect(decodeCursor(testContext(), 'list', cursor)).rejects.toMatchObject(
        refused('invalid_cursor'),
      );
    },
  );
});
