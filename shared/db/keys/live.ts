import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  live ticket         LT#hash              TICKET             -                        -                          a live URL
 *  live connection     LC#connection        CONNECTION         -                        -                          an open live socket
 *  live turn           LTURN#connection     TURN               -                        -                          hot: whose turn to send, frame number
 *  live of credential  t#LIVE#credential    connection         -                        -                          at most 20; all of an OAuth client's, by its id
 *  subscription        t#SUB#scope          connection         -                        -                          whom an event concerns
 */
export const liveKeys = {
  liveTicket: (hash: string) => row(`LT#${hash}`, 'TICKET'),
  liveConnection: (connection: string) => row(`LC#${connection}`, 'CONNECTION'),
  liveTurn: (connection: string) => row(`LTURN#${connection}`, 'TURN'),
  liveOfCredential: (t: string, credential: string, connection: string) =>
    row(`${t}#LIVE#${credential}`, connection),
  subscription: (t: string, scope: string, connection: string) =>
    row(`${t}#SUB#${scope}`, connection),
  subscriptions: (t: string, scope: string) => ({ pk: `${t}#SUB#${scope}` }),
} as const;
