import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loopbackServer } from '#test/support/loopback-server.ts';
import type { Stage } from '#test/support/stage.ts';

/** A station that hands firmware out to others: by raw calls alone. */
export const describeLocalController = (stage: Stage) =>
  describe('a local controller', () => {
    it('publishes firmware that it has fetched and checked, and takes it back', async () => {
      const server = await loopbackServer();
      onTestFinished(() => server[Symbol.asyncDispose]());
      server.answer((response) => response.writeHead(200).end('firmware 5.0.0'));
      const checksum = createHash('md5').update('firmware 5.0.0').digest('hex');
      const location = `${server.url}/mx_5.0.0.bin`;
      const asked = { requestId: 501, location, checksum };
      const published = await stage.raw('PublishFirmware', asked);
      expect(published).toMatchObject({
        status: 'completed',
        result: { outcome: 'published', data: { locations: [expect.stringContaining('http')] } },
      });
      expect(server.received).toMatchObject([{ method: 'GET', path: '/hooks/mx_5.0.0.bin' }]);
      expect(await stage.raw('UnpublishFirmware', { checksum })).toMatchObject({
        status: 'completed',
        ocpp: { response: { status: 'Unpublished' } },
      });
      expect(stage.simulator.state().store.published).toEqual([]);
    });
  });
