import { ChargerOnline, ChargerUpdated } from '#shared/chargers/events.ts';
import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findLocalList } from '#shared/local-lists/local-list.ts';
import { requestRefresh, requestRefreshOf } from '#shared/local-lists/refresh-lists.ts';
import { OrganizationUpdated } from '#shared/organizations/events.ts';
import { SiteUpdated } from '#shared/sites/events.ts';
import { TokenCreated, TokenDeleted, TokenUpdated } from '#shared/tokens/events.ts';

/** What can change a list. */
export const CHANGES = [
  TokenCreated,
  TokenUpdated,
  TokenDeleted,
  SiteUpdated,
  OrganizationUpdated,
  ChargerUpdated,
  ChargerOnline,
];

/** Of a token, a site and the organization, what lists depend on. */
const MATTERS = ['status', 'valid_until', 'group_id', 'labels', 'access', 'local_list'];

/** Has lists compared that this may have put out of date. */
export async function noticeChange(
  ctx: Context,
  { type, subject, data: { previous = {} } }: EventEnvelope,
): Promise<void> {
  switch (type) {
    case TokenCreated.name:
    case TokenDeleted.name:
      return requestRefresh(ctx);
    case ChargerUpdated.name:
      return 'site_id' in previous ? checkOne(ctx, subject.id, () => true) : undefined;
    case ChargerOnline.name:
      return checkOne(ctx, subject.id, ({ outdated }) => outdated);
    default:
      return MATTERS.some((name) => name in previous) ? requestRefresh(ctx) : undefined;
  }
}

async function checkOne(
  ctx: Context,
  chargerId: string,
  isDue: (list: { readonly outdated: boolean }) => boolean,
): Promise<void> {
  const list = await findLocalList(ctx, chargerId);
  if (list && isDue(list)) await requestRefreshOf(ctx, chargerId);
}
