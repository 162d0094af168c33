import * as z from 'zod';
import { changedList } from '#simulator/local-list/local-list.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { settingFlag, settingNumber } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';

const STATUS = { failed: 'Failed', version_mismatch: 'VersionMismatch' } as const;

/** -1 says that there is no such list here [1.6 section 5.10]. */
export const getLocalListVersion = answer(z.object({}), (turn) => ({
  listVersion: settingFlag(turn, 'listEnabled') ? turn.state.store.localList.version : -1,
}));

const IdTagInfo = z.object({
  status: z.string(),
  parentIdTag: z.string().max(20).optional(),
  expiryDate: z.iso.datetime({ offset: true }).optional(),
});

const SendLocalList = z.object({
  listVersion: z.int(),
  updateType: z.enum(['Full', 'Differential']),
  localAuthorizationList: z
    .array(z.object({ idTag: z.string().max(20), idTagInfo: IdTagInfo.optional() }))
    .optional(),
});

/** An entry without information takes its tag off the list [1.6 section 7.2]. */
export const sendLocalList = answer(SendLocalList, (turn, request) => {
  if (!settingFlag(turn, 'listEnabled')) return { status: 'NotSupported' };
  const entries = (request.localAuthorizationList ?? []).map(({ idTag, idTagInfo }) => ({
    id: idTag,
    tag: idTagInfo
      ? {
          id: idTag,
          accepted: idTagInfo.status === 'Accepted',
          group: idTagInfo.parentIdTag ?? null,
          expiresAt: idTagInfo.expiryDate ? Date.parse(idTagInfo.expiryDate) : null,
        }
      : null,
  }));
  const changed = changedList(
    turn.state.store.localList,
    { version: request.listVersion, full: request.updateType === 'Full', entries },
    {
      entries: settingNumber(turn, 'listLength'),
      perMessage: settingNumber(turn, 'listPerMessage'),
    },
  );
  if (typeof changed === 'string') return { status: STATUS[changed] };
  keep(turn.state, { localList: changed });
  return { status: 'Accepted' };
});
