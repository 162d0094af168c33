import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ArgumentError } from '#simulator/load/arguments.ts';
import { contains } from '#simulator/script/contains.ts';
import { playScript } from '#simulator/script/play-script.ts';
import { readScript } from '#simulator/script/run-script.ts';
import { Script } from '#simulator/script/script.ts';
import { Transcript } from '#simulator/script/transcript.ts';
import { PaperPlatform } from '#test/simulator/paper-platform.ts';

const FOLDER = join(import.meta.dirname, '../../simulator/scripts');
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
async function platform() {
  const csms = await PaperPlatform.start();
  open.push(csms);
  return csms;
}
const script = (...steps: object[]): Script =>
  Script.parse({ title: 'A test', charger: 'BLR-014', steps });
/** Waiting is for people: a test does not. */
const hurried = (steps: Script['steps']): Script['steps'] =>
  steps.map((step) => {
    if ('wait' in step) return { ...step, wait: Math.min(step.wait, 0.05) };
    return 'repeat' in step ? { ...step, steps: hurried(step.steps) } : step;
  });
const fast = { firstRetryMs: 5, speed: 3000, seed: 7, unplugDelayMs: 0 };

describe('a script', () => {
  it.each(readdirSync(FOLDER))('of the examples, %s, is followed to its end', async (name) => {
    const csms = await platform();
    const example = readScript(join(FOLDER, name));
    await playScript(
      { ...example, steps: hurried(example.steps) },
      { ...fast, url: csms.url, seed: 7 },
    );
    expect(csms.heard.length).toBeGreaterThan(5);
  });

  it('waits for what it expects of the platform, and of its answers', async () => {
    const csms = await platform();
    const steps = script(
      { until: 'online' },
      { expect: { from: 'platform', action: 'Reset', payload: { type: 'Hard' } } },
      { expect: { from: 'charger', action: 'BootNotification', answer: { status: 'Accepted' } } },
    );
    const played = playScript(steps, { ...fast, url: csms.url, rebootMs: 0 });
    await csms.untilHeard('BootNotification');
    await csms.untilHeard('StatusNotification');
    await csms.call('BLR-014', 'Reset', { type: 'Hard' });
    await played;
    expect(csms.actions('BLR-014').filter((each) => each === 'BootNotification')).toHaveLength(2);
  });

  it('says at which step it failed', async () => {
    const csms = await platform();
    const steps = script(
      { until: 'online' },
      {
        repeat: 2,
        steps: [{ expect: { from: 'charger', action: 'StopTransaction' }, within: 0.05 }],
      },
    );
    await expect(playScript(steps, { ...fast, url: csms.url })).rejects.toThrow(
      'Step 2.1.1 (expect StopTransaction from the charger) did not come true within 0.05 s',
    );
  });

  it('is refused with the place of what is wrong in it', () => {
    const read = Script.safeParse({ title: 'x', charger: 'BLR-014', steps: [{ until: 'lunch' }] });
    expect(read.error?.issues[0]?.path.slice(0, 2)).toEqual(['steps', 0]);
    expect(() => readScript('no-such-file.json')).toThrow(ArgumentError);
  });
});

describe('what a script expects', () => {
  it('is met by more in an object, not by more in a list', () => {
    expect(contains({ a: 1, b: { c: [1, { d: 2, e: 3 }] } }, { b: { c: [1, { d: 2 }] } })).toBe(
      true,
    );
    expect(contains({ c: [1, 2] }, { c: [1] })).toBe(false);
    expect(contains({ a: 1 }, { a: '1' })).toBe(false);
  });

  it('is looked for behind what was found before, and found only with its answer', () => {
    const transcript = new Transcript();
    const beat = { from: 'charger', action: 'Heartbeat' } as const;
    const answered = { ...beat, answer: { currentTime: 'now' } };
    transcript.add('sent', '\uFEFF[2,"1","Heartbeat",{}]');
    expect(transcript.find(answered)).toBe(false);
    transcript.add('received', '[3,"1",{"currentTime":"now"}]');
    expect(transcript.find(answered)).toBe(true);
    expect(transcript.find(beat)).toBe(false);
  });
});
