/** A JSON pointer's value, or undefined where it leads nowhere. */
export function valueAt(root: unknown, path: string): unknown {
  let node = root;
  for (const step of stepsOf(path)) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined;
    node = Reflect.get(node, step);
  }
  return node;
}

const stepsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What becomes of the value at a path. */
export type Change = { readonly value: unknown } | 'drop';

/** A copy of the tree with these changes made at their JSON pointers. */
export function withChanges(root: unknown, changes: ReadonlyMap<string, Change>): unknown {
  const copy = changed(root, '', changes);
  return copy === 'drop' ? undefined : copy.value;
}

function changed(node: unknown, path: string, changes: ReadonlyMap<string, Change>): Change {
  const change = changes.get(path);
  if (change) return change;
  if (Array.isArray(node)) {
    const items = node.map((item, index) => changed(item, `${path}/${index}`, changes));
    return { value: items.flatMap((item) => (item === 'drop' ? [] : [item.value])) };
  }
  if (typeof node !== 'object' || node === null) return { value: node };
  const fields = Object.entries(node).flatMap(([name, child]) => {
    const field = changed(child, `${path}/${escaped(name)}`, changes);
    return field === 'drop' ? [] : [[name, field.value] as const];
  });
  return { value: Object.fromEntries(fields) };
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
