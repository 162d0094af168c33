import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCalls } from '#lib/reach.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

async function callsOf(files: Record<string, string>, entry: string) {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const functions = Object.keys(files)
    .filter((file) => file.startsWith('functions/'))
    .map((file) => ({ file, group: 'api-x', entry: file.slice('functions/'.length, -3) }));
  const calls = await findCalls(root, functions);
  const [asked] = functions.filter((file) => file.entry === entry);
  return asked ? [...calls(asked)].sort() : [];
}

const USE_CASES = `
  export const read = (ctx: any) => ctx.table.get({ pk: 'a', sk: 'b' });
  export const write = (ctx: any) => ctx.table.write([{ op: 'put', item: {} }, { op: 'delete' }]);
  export const tell = (ctx: any) => ctx.sockets.ocpp.send('c', 'text');
`;

describe('what a function can call', () => {
  it('is what is left of its code: an import that is not used grants nothing', async () => {
    const files = {
      'shared/thing.ts': USE_CASES,
      'functions/reads.ts': `import { read } from '../shared/thing.ts'; export const handler = read;`,
      'functions/writes.ts': `import { write } from '../shared/thing.ts'; export const handler = write;`,
    };
    expect(await callsOf(files, 'reads')).toEqual(['table.get']);
    expect(await callsOf(files, 'writes')).toEqual(['table.delete', 'table.put']);
  });

  it('includes what it loads later', async () => {
    const files = {
      'shared/thing.ts': USE_CASES,
      'functions/later.ts': `export const handler = async (ctx: any) => (await import('../shared/thing.ts')).tell(ctx);`,
    };
    expect(await callsOf(files, 'later')).toContain('sockets.ocpp');
  });

  it('leaves out the adapters, which every function carries', async () => {
    const files = {
      'shared/aws/dynamo-write.ts': `export const again = () => ({ op: 'put' });`,
      'functions/plain.ts': `import { again } from '../shared/aws/dynamo-write.ts'; export const handler = again;`,
    };
    expect(await callsOf(files, 'plain')).toEqual([]);
  });
});
