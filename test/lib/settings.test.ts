import { describe, expect, it } from 'vitest';
import { readSettings } from '#lib/settings.ts';

const given = (context: Record<string, unknown>) => ({
  tryGetContext: (key: string) => context[key],
});

describe('the settings of a deployment', () => {
  it('are complete when nothing is given', () => {
    expect(readSettings(given({}))).toMatchObject({
      name: 'magma-dev',
      ephemeral: false,
      livemode: true,
    });
  });

  it('take flags as the command line gives them', () => {
    const settings = readSettings(given({ ephemeral: 'true', livemode: 'false', logDays: '7' }));
    expect(settings).toMatchObject({ ephemeral: true, livemode: false, logDays: 7 });
  });

  it.each([
    ['a prefix that no bucket could have', { prefix: 'My_Prefix' }, /prefix/],
    ['an emulator without an address', { emulator: 'yes' }, /emulator/],
    ['an owner who cannot be written to', { ownerEmail: 'o@ev.example' }, /mailFrom/],
    ['a domain without its certificate', { domainName: 'ev.example' }, /certificateArn/],
  ])('refuse %s by its name', (_, context, message) => {
    expect(() => readSettings(given(context))).toThrow(message);
  });
});
