import { formatCell } from '#bench/format.ts';
import type { Findings, Table } from '#bench/part.ts';

/** Findings as docs/performance.md shows them. */
export const markdownOf = ({ tables, targets = [] }: Findings): string =>
  [
    ...tables.map(tableOf),
    ...targets.map(
      ({ what, measured, met }) =>
        `- ${met ? 'Met' : '**Missed**'}: ${what}. Measured: ${measured}.`,
    ),
  ].join('\n\n');

function tableOf({ title, columns, rows }: Table): string {
  const isNumeric = columns.map((_, n) => rows.every((row) => typeof row[n] === 'number'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(columns),
    line(isNumeric.map((right) => (right ? '--:' : '---'))),
    ...rows.map((row) => line(row.map(formatCell))),
  ].join('\n');
}
