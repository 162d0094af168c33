import { expect } from 'vitest';
import type { Machine } from '#test/support/faults/machine.ts';
import { rehearse, type Step, shown, sweep } from '#test/support/faults/sweep.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';

/** Steps one after the other, from the world that is there. */
export interface Journey {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Whatever call of it fails, and what failed comes again: nothing is left of that. The world is put back. */
export async function sweepJourney({ machine }: FaultWorld, { steps }: Journey): Promise<void> {
  await within(machine, async () => {
    const findings = [];
    for (const step of steps) findings.push(...(await sweep(machine, step)));
    expect(findings.map(shown).join('\n')).toBe('');
  });
}

/** The kinds of handlers that run in a journey, without any fault. */
export async function kindsOf({ machine }: FaultWorld, { steps }: Journey): Promise<string[]> {
  const kinds: string[] = [];
  await within(machine, async () => {
    for (const step of steps)
      kinds.push(...(await rehearse(machine, step)).map(({ kind }) => kind));
  });
  return kinds;
}

async function within(machine: Machine, play: () => Promise<void>): Promise<void> {
  machine.mark();
  try {
    await play();
  } finally {
    await machine.rewind();
    machine.unmark();
  }
}
