/** One departure from what was sent, kept beside the raw frame. */
export interface Repair {
  /** JSON pointer into the payload as it stood when this was repaired. */
  readonly path: string;
  /** The rule, or the quirk of the charger, by which it was read otherwise. */
  readonly rule: string;
  readonly was: unknown;
}
