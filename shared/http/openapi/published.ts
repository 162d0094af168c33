import * as z from 'zod';

const Document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string() }),
});
export type Document = z.infer<typeof Document>;

/**
 * The document as `npm run generate` last wrote it. It lies beside this file as JSON, since a Lambda
 * has no other way to know the endpoints of all the others; it is read on the first request for it.
 */
export async function publishedDocument(): Promise<Document> {
  const { default: document } = await import('#shared/http/openapi/document.json', {
    with: { type: 'json' },
  });
  return Document.parse(document);
}

/** The same as text, to the letter what `openapi.yaml` in the repository says. */
export async function publishedYaml(): Promise<string> {
  const [document, { toYaml }] = await Promise.all([
    publishedDocument(),
    import('#shared/http/openapi/to-yaml.ts'),
  ]);
  return toYaml(document);
}
