import type { FileBytes, FileFacts, Files, FileUpload } from '#shared/core/files.ts';

/** A store of files that a test fills. */
export class RecordingFiles implements Files {
  readonly accepted: { readonly path: string; readonly bytes: FileBytes }[] = [];
  readonly #stored = new Map<string, FileFacts>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  async acceptExactly(path: string, bytes: FileBytes, seconds: number): Promise<FileUpload> {
    this.accepted.push({ path, bytes });
    return {
      method: 'PUT',
      url: `https://files.magma.test/${path}`,
      headers: { 'content-length': String(bytes.size) },
      expires_at: new Date(this.#now().getTime() + seconds * 1000).toISOString(),
    };
  }

  async head(path: string): Promise<FileFacts | undefined> {
    return this.#stored.get(path);
  }

  /** Somebody has uploaded a file. */
  store(path: string, { size, sha256 }: { size: number; sha256: string | null }): void {
    this.#stored.set(path, { size, sha256, storedAt: this.#now().toISOString() });
  }
}
