import pc from 'picocolors';
import type { Cell, Findings, Table, Target } from '#bench/part.ts';

/** Findings as people read them: columns aligned, numbers to the right. */
export function formatFindings({ tables, notes = [], targets = [] }: Findings): string {
  return [
    ...tables.map(formatTable),
    ...(targets.length > 0 ? [targets.map(formatTarget).join('\n')] : []),
    ...(notes.length > 0 ? [notes.map((note) => pc.dim(`  ${note}`)).join('\n')] : []),
  ].join('\n\n');
}

function formatTable({ title, columns, rows }: Table): string {
  const texts = rows.map((row) => row.map(formatCell));
  const widths = columns.map((name, n) =>
    Math.max(name.length, ...texts.map((row) => row[n]?.length ?? 0)),
  );
  const isNumeric = columns.map((_, n) => rows.every((row) => typeof row[n] === 'number'));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, n) => align(cell, widths[n] ?? 0, isNumeric[n] === true)).join('  ')}`.trimEnd();
  return [pc.bold(title), pc.dim(line(columns)), ...texts.map(line)].join('\n');
}

const align = (text: string, width: number, right: boolean) =>
  right ? text.padStart(width) : text.padEnd(width);

/** Three significant digits below a hundred, whole numbers above. */
export function formatCell(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell) || Math.abs(cell) >= 100)
    return Math.round(cell).toLocaleString('en-US');
  return String(Number(cell.toPrecision(3)));
}

const formatTarget = ({ what, measured, met }: Target) =>
  `  ${met ? pc.green('✓') : pc.red('✗')} ${what}: ${measured}`;
