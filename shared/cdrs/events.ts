import { exampleCdr } from '#shared/cdrs/cdr-example.ts';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { defineEvent } from '#shared/events/event.ts';

export const CdrCreated = defineEvent({
  name: 'cdr.created',
  object: 'cdr',
  channels: ['webhook', 'live'],
  when: 'CDR issued, normally within seconds of session.ended',
  data: CdrView,
  example: exampleCdr,
  core: true,
});
