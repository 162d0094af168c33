import { describe, expect, test } from 'vitest';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { findPath } from '#shared/plug-and-charge/find-path.ts';
import { aKeyPair, aPki, chainOf, type Issued, issue } from '#test/support/pnc-pki.ts';

const NOW = new Date('2026-06-01T12:00:00Z');

/** What a car shows, judged against these roots. */
function judge(chain: string, anchors: readonly Issued[], at = NOW) {
  const [leaf, ...between] = readChain(chain);
  if (!leaf) throw new Error('No leaf');
  const found = findPath({
    leaf,
    between,
    anchors: anchors.flatMap(({ pem }) => readChain(pem)),
    at,
  });
  return found.problem ?? found.certificates.map(({ commonName }) => commonName);
}

const ca = { ca: true } as const;

describe('the path of a contract certificate', () => {
  test('leads over the sub-CAs to a configured root, in whatever order they come', async () => {
    const { leaf, sub1, sub2, root, chain } = await aPki();
    const names = ['DE8AACA2B3C4D5', 'MO Sub-CA 2', 'MO Sub-CA 1', 'MO Root'];
    expect(judge(chain, [root])).toEqual(names);
    expect(judge(chainOf(leaf, sub1, sub2), [root])).toEqual(names);
    expect(judge(chainOf(leaf, sub2, sub1, root), [root])).toEqual(names);
  });

  test('ends at a sub-CA that is itself trusted', async () => {
    const { leaf, sub2 } = await aPki();
    expect(judge(leaf.pem, [sub2])).toEqual(['DE8AACA2B3C4D5', 'MO Sub-CA 2']);
  });

  test('goes over a cross-signed root', async () => {
    const { root, chain } = await aPki();
    const v2g = await issue({ ...ca, name: 'V2G Root' });
    const crossed = await issue({ ...ca, name: 'MO Root', by: v2g, keys: root.keys });
    expect(judge(chain + crossed.pem, [v2g])).toHaveLength(5);
    expect(judge(chain + crossed.pem, [v2g, root])).toHaveLength(4);
  });

  test('does not lead to a root that only came along, nor to a stranger of the same name', async () => {
    const { root, chain } = await aPki();
    const namesake = await issue({ ...ca, name: 'MO Root' });
    expect(judge(chain + root.pem, [namesake])).toBe('untrusted');
    expect(judge(chain, [])).toBe('untrusted');
  });

  test('has no gap', async () => {
    const { leaf, sub1, root } = await aPki();
    expect(judge(chainOf(leaf, sub1), [root])).toBe('untrusted');
  });

  test('does not begin with a certificate that nobody signed', async () => {
    const { root } = await aPki();
    const garbage = await issue({ name: 'DE8AACA2B3C4D5' });
    expect(judge(garbage.pem, [root])).toBe('untrusted');
  });

  test('bears no signature of another key', async () => {
    const { sub1, sub2, root } = await aPki();
    const forger = { ...sub2, keys: await aKeyPair() };
    const forged = await issue({ name: 'DE8AACA2B3C4D5', by: forger });
    expect(judge(chainOf(forged, sub2, sub1), [root])).toBe('untrusted');
  });

  test('goes over CAs alone: a contract issues no contracts', async () => {
    const { leaf, chain, root } = await aPki();
    const child = await issue({ name: 'FRXYZ123456789', by: leaf });
    expect(judge(child.pem + chain, [root])).toBe('untrusted');
  });

  test('goes over CAs whose key may sign certificates', async () => {
    const { root } = await aPki();
    const mute = await issue({ ...ca, name: 'Mute', by: root, usages: 1 });
    const leaf = await issue({ name: 'DE8AACA2B3C4D5', by: mute });
    expect(judge(chainOf(leaf, mute), [root])).toBe('untrusted');
  });

  test('is no longer than its CAs allow', async () => {
    const { sub2, sub1, root } = await aPki();
    const sub3 = await issue({ ...ca, name: 'MO Sub-CA 3', by: sub2 });
    const leaf = await issue({ name: 'DE8AACA2B3C4D5', by: sub3 });
    expect(judge(chainOf(leaf, sub3, sub2, sub1), [root])).toBe('untrusted');
  });

  test.each([
    ['the leaf', 'leaf'],
    ['a sub-CA', 'sub'],
    ['the root', 'root'],
  ])('has expired as soon as %s has', async (_, which) => {
    const lapse = (name: string) => (name === which ? { notAfter: '2026-05-31T00:00:00Z' } : {});
    const root = await issue({ ...ca, name: 'Root', ...lapse('root') });
    const sub = await issue({ ...ca, name: 'Sub', by: root, ...lapse('sub') });
    const leaf = await issue({ name: 'DE8AACA2B3C4D5', by: sub, ...lapse('leaf') });
    expect(judge(chainOf(leaf, sub), [root])).toBe('expired');
    expect(judge(chainOf(leaf, sub), [root], new Date('2026-05-30T00:00:00Z'))).toHaveLength(3);
  });

  test('avoids an expired CA where a newer one of the same key came along', async () => {
    const root = await issue({ ...ca, name: 'Root' });
    const old = await issue({ ...ca, name: 'Sub', by: root, notAfter: '2026-05-31T00:00:00Z' });
    const renewed = await issue({ ...ca, name: 'Sub', by: root, keys: old.keys });
    const leaf = await issue({ name: 'DE8AACA2B3C4D5', by: old });
    expect(judge(chainOf(leaf, old, renewed), [root])).toHaveLength(3);
  });

  test('is not valid before its time', async () => {
    const { chain, root } = await aPki({ leaf: { notBefore: '2026-06-02T00:00:00Z' } });
    expect(judge(chain, [root])).toBe('untrusted');
  });

  test('demands nothing that is not understood', async () => {
    const { chain, root } = await aPki({ leaf: { critical: '1.2.3.4' } });
    expect(judge(chain, [root])).toBe('untrusted');
  });

  test('is given up on where CAs vouch for each other in every way', async () => {
    const keys = await aKeyPair();
    const ring = await Promise.all([...'abcdefg'].map(() => issue({ ...ca, name: 'Ring', keys })));
    const [first] = ring;
    if (!first) throw new Error('No ring');
    const leaf = await issue({ name: 'DE8AACA2B3C4D5', by: first });
    const { root } = await aPki();
    expect(judge(chainOf(leaf, ...ring), [root])).toBe('untrusted');
  });
});
