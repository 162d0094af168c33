import type { Session } from '#shared/sessions/session.ts';
import type { Token } from '#shared/tokens/token.ts';
import { isOwn } from '#shared/tokens/token-rules.ts';

const methods: Readonly<Record<Token['type'], Session['auth_method']>> = {
  rfid: 'rfid',
  app: 'app',
  ad_hoc: 'ad_hoc',
  emaid: 'plug_and_charge',
  autocharge: 'autocharge',
  virtual: 'api',
};

/** How a session is authorised that begins with this token; one that is not stored is taken for a card. */
export function authMethodOf(token: Token | undefined): Session['auth_method'] {
  if (!token) return 'rfid';
  return isOwn(token) ? methods[token.type] : 'roaming';
}
