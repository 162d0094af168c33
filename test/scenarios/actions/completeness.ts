import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Protocol } from '#shared/ocpp/action.ts';
import { PNC_VENDOR } from '#shared/ocpp/v16/pnc/vendor.ts';
import type { Stage } from '#test/support/stage.ts';

const inOrder = (actions: readonly { readonly action: string }[]) =>
  [...new Set(actions.map(({ action }) => action))].sort();

/** That nothing has been forgotten by the plays before. */
export const describeCompleteness = (stage: Stage, protocol: Protocol) =>
  describe('the log of raw messages', () => {
    it('has each action that either side can call for, and its answer', async () => {
      const messages = await stage.messages();
      const of = (type: string, direction: string) =>
        inOrder(
          messages.flatMap(({ action, ...one }) =>
            one.type === type && one.direction === direction && action ? [{ action }] : [],
          ),
        );
      const [inbound, outbound] = [inOrder(protocol.inbound), inOrder(protocol.outbound)];
      expect(of('call', 'from_charger')).toEqual(inbound);
      expect(of('result', 'to_charger')).toEqual(inbound);
      expect(of('call', 'to_charger')).toEqual(outbound);
      expect(of('result', 'from_charger')).toEqual(outbound);
    });

    it('has no error, no repair and nothing undelivered, and the host complained of nothing', async () => {
      const messages = await stage.messages();
      expect(messages.filter(({ error, repairs }) => error || repairs.length > 0)).toEqual([]);
      expect(messages.filter(({ delivered }) => !delivered)).toEqual([]);
      expect(stage.host.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });

/** The same of the messages of Plug & Charge, which 1.6 puts into DataTransfer. */
export const describePncCompleteness = (stage: Stage) =>
  it('has each message of Plug & Charge, either way', async () => {
    const messages = await stage.messages('DataTransfer');
    const of = (direction: string) =>
      new Set(
        messages.flatMap(({ type, payload, ...one }) => {
          const { vendorId, messageId } = Transfer.parse(type === 'call' ? payload : {});
          return vendorId === PNC_VENDOR && one.direction === direction ? [messageId] : [];
        }),
      );
    expect([...of('from_charger')].sort()).toEqual([
      ...['Authorize', 'Get15118EVCertificate', 'GetCertificateStatus', 'SignCertificate'],
    ]);
    expect([...of('to_charger')].sort()).toEqual([
      ...['CertificateSigned', 'DeleteCertificate', 'GetInstalledCertificateIds'],
      ...['InstallCertificate', 'TriggerMessage'],
    ]);
  });

const Transfer = z.object({ vendorId: z.string().optional(), messageId: z.string().optional() });
