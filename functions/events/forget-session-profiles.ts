import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { ChargerBooted } from '#shared/chargers/events.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { SessionEnded } from '#shared/sessions/events.ts';
import { forgetSessionProfiles } from '#shared/smart-charging/forget-session-profiles.ts';

export const subscriber = defineSubscriber({
  id: 'forget-session-profiles',
  summary: 'Forgets the charging profiles of a session that has ended, or whose charger restarted',
  on: [SessionEnded, ChargerBooted],
  async handle({ type, subject, scope, created_at }, ctx) {
    const chargerId = scope.charger_id;
    if (!chargerId) return;
    const which = type === SessionEnded.name ? { sessionId: subject.id } : { setUntil: created_at };
    await forgetSessionProfiles(ctx, chargerId, which);
  },
});

export const handler = serveSubscriber(subscriber);
