import { stringify } from 'yaml';

/**
 * An OpenAPI document as the repository keeps it: no anchors, no folded lines, and in quotes whatever
 * an old reader (YAML 1.1) would take for a date or a yes.
 */
export const toYaml = (document: object): string =>
  stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' });
