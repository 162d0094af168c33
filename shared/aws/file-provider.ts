import type { Files } from '#shared/core/files.ts';

type Make = (bucket: string) => Promise<Files>;
let make: Make | undefined;

/** Called by shared/aws/provide-s3-files.ts, in the bundles of functions that ask for files. */
export function provideFiles(factory: Make): void {
  make ??= factory;
}

export async function fileStore(bucket: string): Promise<Files> {
  if (!make)
    throw new Error('Import shared/aws/provide-s3-files.ts in a function that asks for files');
  return make(bucket);
}
