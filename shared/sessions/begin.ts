import type { Authorization } from '#shared/tokens/authorize.ts';

/** A charger says that a transaction has begun. */
export interface Begin {
  readonly chargerId: string;
  readonly connector: number;
  readonly tokenUid: string | null;
  /** What was made of the token, where that was asked before. */
  readonly authorization?: Authorization | undefined;
  readonly meterStartWh: number | null;
  /** The charger's own time. */
  readonly at: string;
  readonly offline: boolean;
  /** Given by the charger (2.0.1); where it is left to us (1.6), `transactionId` makes it. */
  readonly transactionId: string | undefined;
  /** What a repeat of this very report has in common with it. */
  readonly repeatKey: string;
  readonly remoteStartId?: number | undefined;
  /** What the charger calls the reservation that it begins on. */
  readonly reservationNumber?: number | undefined;
  /** 2.0.1: numbers below this one that were never seen are missing. */
  readonly seq?: { readonly below: number; readonly seen: readonly number[] } | undefined;
  readonly flags?: readonly string[];
}
