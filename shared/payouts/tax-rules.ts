/** A tax on a payout, for a time. Percents in 1/100; days are inclusive. */
export interface TaxRule {
  readonly code: TaxCode;
  readonly rate_bp: number;
  /** Where the vendor has given no PAN. */
  readonly rate_without_pan_bp?: number;
  readonly base: 'vendor_share' | 'fee' | 'net_revenue' | 'gross_collected';
  readonly from: string;
  readonly to: string | null;
  readonly legal_ref: string;
}

export type TaxCode =
  | 'gst_service'
  | 'gst_tcs'
  | 'tds_ecommerce'
  | 'tds_commission'
  | 'tds_rent_land'
  | 'tds_contract';

const ACT = 'Income-tax Act 1961, renumbered by the Act of 2025 from 2026-04-01:';

/**
 * The rules by date: a change of law is a new row and the end of the old one, so that an old period
 * is computed as it was. Tax is withheld from the first rupee; a tax adviser confirms the rows.
 */
const taxRules: readonly TaxRule[] = [
  {
    code: 'gst_service',
    rate_bp: 1800,
    base: 'vendor_share',
    from: '2024-07-01',
    to: null,
    legal_ref: 'CGST Act 2017 s. 9, IGST Act 2017 s. 5',
  },
  {
    code: 'gst_tcs',
    rate_bp: 50,
    base: 'net_revenue',
    from: '2024-07-10',
    to: null,
    legal_ref: 'CGST Act 2017 s. 52, notification 15/2024',
  },
  {
    code: 'tds_ecommerce',
    rate_bp: 10,
    rate_without_pan_bp: 500,
    base: 'gross_collected',
    from: '2024-10-01',
    to: null,
    legal_ref: `${ACT} s. 194-O`,
  },
  {
    code: 'tds_commission',
    rate_bp: 200,
    rate_without_pan_bp: 2000,
    base: 'vendor_share',
    from: '2024-10-01',
    to: null,
    legal_ref: `${ACT} s. 194H`,
  },
  {
    code: 'tds_rent_land',
    rate_bp: 1000,
    rate_without_pan_bp: 2000,
    base: 'vendor_share',
    from: '2024-07-01',
    to: null,
    legal_ref: `${ACT} s. 194-I`,
  },
  {
    code: 'tds_contract',
    rate_bp: 200,
    rate_without_pan_bp: 2000,
    base: 'vendor_share',
    from: '2024-07-01',
    to: null,
    legal_ref: `${ACT} s. 194C`,
  },
];

/** The rules of a day. */
export const rulesOn = (day: string): TaxRule[] =>
  taxRules.filter(({ from, to }) => from <= day && (to === null || day <= to));

/** How a payout names the rule it was computed by: `tds_commission@2024-10`. */
export const ruleName = ({ code, from }: TaxRule): string => `${code}@${from.slice(0, 7)}`;
