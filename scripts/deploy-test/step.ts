import pc from 'picocolors';

/** One guarantee of the deploy test: says when it holds, and how long it took. */
export async function step<T>(title: string, run: () => Promise<T>): Promise<T> {
  const since = performance.now();
  try {
    const result = await run();
    say(
      `${pc.green('✓')} ${title} ${pc.dim(`${((performance.now() - since) / 1000).toFixed(1)} s`)}`,
    );
    return result;
  } catch (error) {
    say(`${pc.red('✗')} ${title}`);
    throw error;
  }
}

export const say = (line: string) => process.stdout.write(`${line}\n`);

/** Asks again until there is an answer. The last word is about what did not happen. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  seconds = 30,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
