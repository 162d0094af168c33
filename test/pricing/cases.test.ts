import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { priceSession } from '#shared/pricing/price-session.ts';
import { Reading, Receipt } from '#shared/pricing/receipt.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

const CASES = new URL('cases/', import.meta.url);
const Tariff = z.strictObject({ terms: TariffTerms, override: TariffOverride.nullable() });
const Session = z.strictObject({
  chargingStartedAt: z.string(),
  endedAt: z.string(),
  readings: z.array(Reading),
  idle: z.array(z.object({ from: z.string(), to: z.string().nullable() })),
});

const read = (path: string) => readFileSync(new URL(path, CASES), 'utf8');

describe('priceSession', () => {
  it.each(readdirSync(CASES))('gives %s the receipt worked out by hand', (name) => {
    const { terms, override } = Tariff.parse(JSON.parse(read(`${name}/tariff.json`)));
    const session = Session.parse(JSON.parse(read(`${name}/session.json`)));
    const receipt = priceSession(session, terms, override);
    expect(receipt).toEqual(Receipt.parse(JSON.parse(read(`${name}/receipt.json`))));
    expect(read(`${name}/why.md`)).toContain(`**${rupees(receipt.total_minor)}**`);
  });
});

const rupees = (minor: number) => (minor / 100).toFixed(2);
