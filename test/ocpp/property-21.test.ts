import { describe, test } from 'vitest';
import { protocols } from '#shared/ocpp/protocols.ts';
import { answersAny } from '#test/support/property-answers.ts';

const version = 'ocpp2.1';

describe.each(protocols[version].inbound)('$action', { timeout: 30_000 }, ({ action }) => {
  test('is answered whatever legal message it is', () => answersAny(version, action, 'legal', 15));
  test('is answered whatever is wrong with it', () => answersAny(version, action, 'broken', 15));
});
