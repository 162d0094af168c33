import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  sent mail           t#MAIL#id            SENT               -                        -                          a repeated task
 */
export const mailKeys = {
  sentMail: (t: string, id: string) => row(`${t}#MAIL#${id}`, 'SENT'),
} as const;
