import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { sandbox } from '#local/sandbox.ts';
import { eventually } from '#test/support/eventually.ts';
import { aHost, call } from '#test/support/local-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const EMAIL = 'asha@example.com';
const Invited = z.looseObject({ id: z.string(), invitation_url: z.string() });
const Members = z.looseObject({
  members: z.array(z.looseObject({ email: z.string(), role: z.string(), status: z.string() })),
});
const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers,
});

it('invites by a letter in the data folder, whose link lets one join', async () => {
  const dataDir = temporaryFolder();
  const host = await aHost({ dataDir });
  const asked = await call(host, '/v1/members', post({ email: EMAIL, role: 'support' }));
  const { id, invitation_url: url } = Invited.parse(await asked.json());
  const letter = await eventually(() => {
    const [file = ''] = readdirSync(join(dataDir, 'mail'));
    return readFileSync(join(dataDir, 'mail', file), 'utf8');
  });
  expect(letter).toContain(`To: ${EMAIL}\n`);
  expect(letter).toContain(url);

  const page = await fetch(url);
  expect(page.status).toBe(200);
  const form = parse(await page.text()).querySelector('form');
  const filled = new URLSearchParams({ name: 'Asha Rao', password: 'copper lantern 47 meadow' });
  for (const input of form?.querySelectorAll('input[type=hidden]') ?? [])
    filled.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  const action = new URL(form?.getAttribute('action') ?? '', url);
  const joined = await fetch(action, { method: 'POST', body: filled });
  expect(joined.status).toBe(200);
  expect((await fetch(url)).status).toBeGreaterThanOrEqual(400);

  const { members } = Members.parse(await (await call(host, '/v1/members')).json());
  expect(members).toMatchObject([
    { id, email: EMAIL, status: 'active', name: 'Asha Rao' },
    { email: sandbox.owner.email, role: 'owner', status: 'active' },
  ]);
});

it('acts for a child by the header, though the gateway keeps who called', async () => {
  const host = await aHost();
  const made = await call(host, '/v1/organizations', post({ id: 'demo-north', name: 'North' }));
  expect(made.status).toBe(201);
  const where = async (headers: Record<string, string>) => {
    const answer = await call(host, '/v1/whoami', { headers });
    return z.looseObject({ organization_id: z.string() }).parse(await answer.json())
      .organization_id;
  };
  const north = { 'Magma-Organization': 'demo-north' };
  expect([await where({}), await where(north), await where({})]).toEqual([
    'demo',
    'demo-north',
    'demo',
  ]);
  const stranger = await call(host, '/v1/whoami', {
    headers: { 'Magma-Organization': 'demo-south' },
  });
  expect(stranger.status).toBe(404);
});
