/** What the store knows of an object. */
export interface FileFacts {
  readonly size: number;
  /** Hex; null where whoever stored it told no checksum. */
  readonly sha256: string | null;
  readonly storedAt: string;
}

export interface FileBytes {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** A request that a client may make in our name: as it stands, headers included. */
export interface FileUpload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expires_at: string;
}

/**
 * The store of files too large for the table. What goes in and out does so by signed URLs, past our
 * functions. A path is `area/organization/id`.
 */
export interface Files {
  /** How a client puts a file of exactly these bytes there; the store takes no others. */
  acceptExactly(path: string, bytes: FileBytes, seconds: number): Promise<FileUpload>;
  head(path: string): Promise<FileFacts | undefined>;
}
