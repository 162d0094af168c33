import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import { get, type Ready, startHostProcess, startProcess } from '#test/support/host-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const ANY_PORT = ['--port', '0'];
const Events = z.object({ events: z.array(z.object({ type: z.string() })) });

const createCharger = (ready: Ready, id: string) =>
  fetch(`${ready.api}/v1/chargers`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ready.api_key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ id }),
  });

describe('npm start', () => {
  it('prints exactly one line of JSON when ready, and is so in under 3 s on a later start', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder()];
    const first = await startHostProcess(args);
    expect(await first.end('SIGTERM')).toBe(0);
    const second = await startHostProcess(args);
    expect(second.startMs).toBeLessThan(3000);
    expect(second.ready).toMatchObject({
      organization: 'demo',
      site_id: 'BLR-IND',
      chargers: ['BLR-011', 'BLR-012', 'BLR-013', 'BLR-014', 'BLR-015'],
      ocpp: `${second.ready.api.replace('http', 'ws')}/ocpp/demo`,
      live: `${second.ready.api.replace('http', 'ws')}/live`,
    });
    await vi.waitFor(() => expect(second.stderr()).toContain('BLR-015 online'), 10_000);
    expect(second.stdout().split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/), '']);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  it('takes the next free port where the wanted one is taken, and says so', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void blocker.close());
    await new Promise((done) => blocker.once('listening', done));
    const address = blocker.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const args = ['--port', String(port), '--data-dir', temporaryFolder(), '--no-simulators'];
    const host = await startHostProcess(args);
    expect(Number(new URL(host.ready.api).port)).toBeGreaterThan(port);
    expect(host.stderr()).toContain(`Port ${port} is taken`);
    expect(await get(host.ready, '/v1/chargers')).toMatchObject({ total: 5 });
  });

  it('refuses a data folder that another host has, and takes it once that was killed', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder(), '--no-simulators'];
    const first = await startHostProcess(args);
    const second = startProcess('local/main.ts', args);
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain(`Another host runs on`);
    expect(second.stderr()).toContain(first.ready.api);
    expect(second.stderr()).not.toContain('    at ');
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    await startHostProcess(args);
  });

  it('loses no event to kill -9: the log has them all after the next start', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder(), '--no-simulators'];
    const first = await startHostProcess(args);
    const ids = Array.from({ length: 40 }, (_, n) => `KILL-${n}`);
    const answers = await Promise.all(ids.map((id) => createCharger(first.ready, id)));
    await first.end('SIGKILL');
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
    const second = await startHostProcess(args);
    const created = async () => {
      const page = await get(second.ready, '/v1/events?types=charger.created&limit=200');
      return Events.parse(page).events.length;
    };
    // The five of the sandbox, too.
    await vi.waitFor(async () => expect(await created()).toBe(ids.length + 5), 10_000);
  });

  it('begins anew with --reset, and with the same key', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder(), '--no-simulators'];
    const first = await startHostProcess(args);
    await createCharger(first.ready, 'GONE-1');
    await first.end('SIGTERM');
    const second = await startHostProcess([...args, '--reset']);
    expect(second.ready.api_key).toBe(first.ready.api_key);
    expect(await get(second.ready, '/v1/chargers')).toMatchObject({ total: 5 });
  });

  it('tells what is wrong with the command line and ends with 2', async () => {
    const host = startProcess('local/main.ts', ['--port', 'http']);
    expect(await host.exited).toBe(2);
    expect(host.stderr()).toMatch(/^--port must be a whole number from 0 to 65535\.\n\nnpm start/);
    expect(host.stdout()).toBe('');
  });
});

describe('the launcher', () => {
  it('hands the signal on and ends with the code of what it started', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder(), '--no-simulators'];
    const host = await startHostProcess(args, 'scripts/launch.mjs');
    expect(await host.end('SIGTERM')).toBe(0);
  });

  it('takes what it started along when it is killed', async () => {
    const args = [...ANY_PORT, '--data-dir', temporaryFolder(), '--no-simulators'];
    const host = await startHostProcess(args, 'scripts/launch.mjs');
    await host.end('SIGKILL');
    await vi.waitFor(async () => {
      await expect(fetch(`${host.ready.api}/v1/chargers`)).rejects.toThrow();
    }, 5000);
  });

  it('says what it can run', async () => {
    const launcher = startProcess('scripts/launch.mjs', ['nonsense']);
    expect(await launcher.exited).toBe(2);
    expect(launcher.stderr()).toContain('start, test, check');
  });
});
