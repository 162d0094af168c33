/** Every function's whole name is known from its file, so that gateways can point at it by name. */
export function functionName(deployment: string, group: string, entry: string): string {
  return group.startsWith('api')
    ? `${deployment}-${camelCase(entry)}`
    : `${deployment}-${group}-${entry}`;
}

/** `createCharger` of `create-charger`: how an operationId is spelled. */
export const camelCase = (kebab: string): string =>
  kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** `CreateCharger` of `create-charger`: how CloudFormation wants a logical id. */
export const pascalCase = (kebab: string): string =>
  camelCase(kebab).replace(/^./, (letter) => letter.toUpperCase());
