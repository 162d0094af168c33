/** Writes docs/coverage.md: every OCPP action, what it does and what tests it; every operation; every event. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEndpoints, tagOf } from '#lib/registry.ts';
import { coverageDocument } from '#scripts/coverage/document.ts';
import { oca201Cases } from '#scripts/coverage/oca-cases.ts';
import { plannedEvents } from '#scripts/coverage/planned-events.ts';
import { readActions } from '#scripts/coverage/read-actions.ts';
import { readEvents } from '#scripts/coverage/read-events.ts';
import { casesNamed } from '#scripts/coverage/read-tests.ts';
import { actionsOf } from '#shared/ocpp/schemas/validate.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
export async function coverage(): Promise<string> {
  const known = actionsOf('ocpp2.0.1');
  const named = casesNamed(root);
  const operations = Map.groupBy(await loadEndpoints(), tagOf);
  return coverageDocument({
    versions: [
      { title: 'OCPP 1.6', of: 39, rows: await readActions(root, 'shared/ocpp/v16', ocpp16) },
      { title: 'OCPP 2.0.1', of: 64, rows: await readActions(root, 'shared/ocpp/v201', ocpp201) },
    ],
    newIn21: actionsOf('ocpp2.1').filter((action) => !known.includes(action)),
    cases: oca201Cases.map((id) => ({ id, ...(named.get(id) ?? { about: '', tests: [] }) })),
    events: await readEvents(root),
    planned: plannedEvents,
    operations: new Map(
      [...operations].map(([tag, entries]) => [tag, entries.map(({ value }) => value.id).sort()]),
    ),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(`${root}docs/coverage.md`, await coverage());
