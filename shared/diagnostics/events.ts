import { Diagnostics } from '#shared/diagnostics/diagnostics.ts';
import { failedExample, uploadedExample } from '#shared/diagnostics/diagnostics-example.ts';
import { defineEvent } from '#shared/events/event.ts';

const of = { object: 'diagnostics', channels: ['webhook'], data: Diagnostics } as const;

export const DiagnosticsCompleted = defineEvent({
  ...of,
  name: 'diagnostics.completed',
  when: 'File uploaded',
  example: uploadedExample,
});
export const DiagnosticsFailed = defineEvent({
  ...of,
  name: 'diagnostics.failed',
  when: 'Refused, not uploaded, or said to be uploaded and not there',
  example: failedExample,
});
