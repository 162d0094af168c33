import type { PlannedEvents } from '#scripts/coverage/planned-events.ts';
import type { EmittedEvent } from '#scripts/coverage/read-events.ts';

/** The part of docs/coverage.md about events: those there are, and those to come. */
export function eventLines(
  events: readonly EmittedEvent[],
  planned: readonly PlannedEvents[],
  link: (file: string) => string,
): string[] {
  const names = new Set<string>(events.map(({ type }) => type.name));
  const toCome = planned
    .map(({ comesWith, types }) => ({
      comesWith,
      types: types.split(' ').filter((name) => !names.has(name)),
    }))
    .filter(({ types }) => types.length > 0);
  return [
    '## Events',
    '',
    `${names.size} types. Core types, which every integration is built on, are bold. Schema and example of each: \`GET /v1/event-types\`.`,
    '',
    '| Type | When | Object | Told by | Emitted in |',
    '|---|---|---|---|---|',
    ...events.map(({ type, emittedIn }) => {
      const name = type.core ? `**\`${type.name}\`**` : `\`${type.name}\``;
      const code = emittedIn.slice(0, 3).map(link).join('<br>');
      return `| ${name} | ${type.when} | ${type.object} | ${type.channels.join(', ')} | ${code} |`;
    }),
    '',
    'Not yet, since what they tell of is not there yet:',
    '',
    ...toCome.map(({ comesWith, types }) => `- ${comesWith}: ${types.join(', ')}`),
    '',
  ];
}
