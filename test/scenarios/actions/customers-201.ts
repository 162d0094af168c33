import { describe, expect, it } from 'vitest';
import type { Stage } from '#test/support/stage.ts';

/** What drivers see on a screen, and what a charger keeps of them. */
export const describeCustomers = (stage: Stage) => {
  describe('a message on the screen', () => {
    const display = (body: object) => stage.command('/commands/display-message', body);

    it('is set, told of, and taken away', async () => {
      const text = 'Basement closes at 22:00.';
      const set = await display({ action: 'set', message_id: 7, text, priority: 'in_front' });
      expect(set).toMatchObject({ status: 'completed' });
      expect(stage.simulator.state().store.messages).toMatchObject([{ id: 7 }]);
      expect(await display({ action: 'list' })).toMatchObject({
        status: 'completed',
        result: { data: { messages: [{ message_id: 7, text, priority: 'in_front' }] } },
      });
      expect(await display({ action: 'clear', message_id: 7 })).toMatchObject({
        status: 'completed',
      });
      expect(stage.simulator.state().store.messages).toEqual([]);
    });
  });

  describe('a driver', () => {
    it('is shown what the session costs, and the platform asks how it stands', async () => {
      const { id } = await stage.api.startSession({ charger_id: stage.id, connector: 1 });
      // With the first reading, when nothing has been charged; then once a minute.
      await stage.until(({ connectors }) => connectors[0]?.session?.cost === 0);
      const { transaction_id: transactionId } = await stage.api.session(id);
      expect(await stage.raw('GetTransactionStatus', { transactionId })).toMatchObject({
        status: 'completed',
        ocpp: { response: { ongoingIndicator: true, messagesInQueue: expect.any(Boolean) } },
      });
      await stage.api.stopSession(id);
      await stage.api.settled(id);
      await stage.api.whenFree(stage.id);
    });

    it('is told what the charger keeps of a card, and has it erased', async () => {
      const ask = (action: string) =>
        stage.command('/commands/customer-information', { action, token: { uid: '04CACHE1' } });
      stage.simulator.plugIn(1);
      stage.simulator.tap('04CACHE1', 1);
      await stage.until(({ connectors }) => connectors[0]?.session != null);
      const { id } = await ask('report');
      expect(await stage.ended(id)).toMatchObject({
        status: 'completed',
        result: { data: { information: expect.stringContaining('in the authorization cache') } },
      });
      expect(await ask('erase')).toMatchObject({ status: 'completed' });
      expect(stage.simulator.state().acceptedTags).not.toContain('04CACHE1');
      stage.simulator.stop(1);
      await stage.api.whenFree(stage.id);
    });
  });
};
