import { describe, expect, it } from 'vitest';
import { maskUid } from '#shared/tokens/mask-uid.ts';
import { TokenView } from '#shared/tokens/token-view.ts';
import type { Stage } from '#test/support/stage.ts';

const LISTED = '04LISTED1';

/** The list by which a charger decides while it is offline. */
export const describeLocalList = (stage: Stage) =>
  describe('the local list', () => {
    const card = (uid: string) => stage.api.post('/v1/tokens', { uid }, TokenView);

    it('is sent whole, then in differences, and let charge by without a question', async () => {
      const lost = await card('04LOST01');
      await card(LISTED);
      expect(await stage.command('/local-list/sync')).toMatchObject({
        status: 'completed',
        result: { outcome: 'synced', data: { mode: 'full', entries: 2 } },
      });
      await stage.api.patch(`/v1/tokens/${lost.id}`, { status: 'lost' }, TokenView);
      expect(await stage.command('/local-list/sync')).toMatchObject({
        result: { data: { mode: 'differential', entries: 1, sent: 1 } },
      });
      const { tags, version } = stage.simulator.state().store.localList;
      expect(tags.map(({ id }) => id)).toEqual([LISTED]);
      await stage.event('local_list.synced', { version });
    });

    it('lets a card charge that is on it while the charger is away, and that is billed after', async () => {
      stage.simulator.goOffline();
      await stage.until(({ online }) => !online);
      stage.simulator.plugIn(1);
      stage.simulator.tap(LISTED, 1);
      await stage.until(({ connectors }) => connectors[0]?.session != null);
      stage.simulator.goOnline();
      const asked = JSON.stringify(await stage.messages('Authorize'));
      expect(asked).not.toContain(LISTED);
      const { subject } = await stage.event('session.started', {
        token_uid_masked: maskUid(LISTED),
      });
      stage.simulator.stop(1);
      const session = await stage.api.settled(subject.id);
      expect(session).toMatchObject({ auth_method: 'rfid', flags: [] });
      await stage.api.whenFree(stage.id);
    });
  });
