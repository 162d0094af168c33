import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolderError, takeDataFolder } from '#local/data-folder.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

describe('a data folder', () => {
  it('is made where it is missing', () => {
    const path = join(temporaryFolder(), 'deep', 'er');
    const folder = takeDataFolder(path);
    expect(existsSync(path)).toBe(true);
    expect(folder.database).toBe(join(path, 'magma.db'));
    folder.release();
  });

  it('belongs to one host, and the next is told where that is', () => {
    const path = temporaryFolder();
    const folder = takeDataFolder(path);
    folder.announce('http://127.0.0.1:8080');
    const second = () => takeDataFolder(path, { patienceMs: 0 });
    expect(second).toThrow(DataFolderError);
    expect(second).toThrow('http://127.0.0.1:8080');
    folder.release();
    takeDataFolder(path, { patienceMs: 0 }).release();
  });

  it('forgets the data on a reset, and nothing else that lies there', () => {
    const path = temporaryFolder();
    for (const name of ['magma.db', 'magma.db-wal', 'notes.txt'])
      writeFileSync(join(path, name), '');
    takeDataFolder(path, { reset: true }).release();
    expect(existsSync(join(path, 'magma.db'))).toBe(false);
    expect(existsSync(join(path, 'magma.db-wal'))).toBe(false);
    expect(existsSync(join(path, 'notes.txt'))).toBe(true);
  });

  it('is not reset by a host that may not have it', () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'magma.db'), '');
    const folder = takeDataFolder(path);
    expect(() => takeDataFolder(path, { reset: true, patienceMs: 0 })).toThrow(DataFolderError);
    expect(existsSync(join(path, 'magma.db'))).toBe(true);
    folder.release();
  });

  it('that is a file is refused with its name', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    expect(() => takeDataFolder(path)).toThrow(`The data folder ${path} cannot be used`);
  });
});
