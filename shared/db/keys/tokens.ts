import { fold, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  token               t#TOKEN#uid          TOKEN              -                        -                          by uid, case-folded
 */
export const tokensKeys = {
  token: (t: string, uid: string) => row(`${t}#TOKEN#${fold(uid)}`, 'TOKEN'),
} as const;
