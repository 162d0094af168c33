import * as z from 'zod';
import { changedList } from '#simulator/local-list/local-list.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { settingFlag, settingNumber } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';

const STATUS = { failed: 'Failed', version_mismatch: 'VersionMismatch' } as const;

/** 0 says that there is no list [2.0.1 D02.FR.02]. */
export const getLocalListVersion = answer(z.object({}), (turn) => ({
  versionNumber: settingFlag(turn, 'listEnabled') ? turn.state.store.localList.version : 0,
}));

const IdToken = z.object({ idToken: z.string().max(36), type: z.string() });
const IdTokenInfo = z.object({
  status: z.string(),
  cacheExpiryDateTime: z.iso.datetime({ offset: true }).optional(),
  groupIdToken: IdToken.optional(),
});

const SendLocalList = z.object({
  versionNumber: z.int(),
  updateType: z.enum(['Full', 'Differential']),
  localAuthorizationList: z
    .array(z.object({ idToken: IdToken, idTokenInfo: IdTokenInfo.optional() }))
    .min(1)
    .optional(),
});

/** An entry without information takes its token off the list [2.0.1 D01.FR.16]. */
export const sendLocalList = answer(SendLocalList, (turn, request) => {
  if (!settingFlag(turn, 'listEnabled')) return { status: 'Failed' };
  const entries = (request.localAuthorizationList ?? []).map(({ idToken, idTokenInfo: info }) => ({
    id: idToken.idToken,
    tag: info
      ? {
          id: idToken.idToken,
          accepted: info.status === 'Accepted',
          group: info.groupIdToken?.idToken ?? null,
          expiresAt: info.cacheExpiryDateTime ? Date.parse(info.cacheExpiryDateTime) : null,
        }
      : null,
  }));
  const changed = changedList(
    turn.state.store.localList,
    { version: request.versionNumber, full: request.updateType === 'Full', entries },
    {
      entries: settingNumber(turn, 'listLength'),
      perMessage: settingNumber(turn, 'listPerMessage'),
    },
  );
  if (typeof changed === 'string') return { status: STATUS[changed] };
  keep(turn.state, { localList: changed });
  return { status: 'Accepted' };
});
