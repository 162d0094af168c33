/** Routes by method and path: a literal segment wins over a `{parameter}`, as in API Gateway. */
export class Routes<T> {
  readonly #root: Node<T> = emptyNode();

  /** @param route `GET /v1/chargers/{charger_id}` */
  add(route: string, target: T): void {
    const [method = '', path = ''] = route.split(' ');
    let node = this.#root;
    for (const segment of segmentsOf(path)) {
      const parameter = /^\{(\w+)\}$/.exec(segment)?.[1];
      const key = parameter === undefined ? segment : ANY;
      const next = node.children.get(key) ?? emptyNode<T>();
      node.children.set(key, next);
      if (parameter !== undefined) next.parameter = parameter;
      node = next;
    }
    node.path = path;
    node.targets.set(method, target);
  }

  /** Values come as they stand in the path, not decoded. Without a target where only the path is known. */
  find(method: string, path: string): Found<T> | undefined {
    return search(this.#root, segmentsOf(path), 0, {}, method);
  }
}

export interface Found<T> {
  /** The path as the route spells it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly target: T | undefined;
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  readonly targets: Map<string, T>;
  parameter: string;
  path: string;
}

/** No segment of a path holds a slash. */
const ANY = '/';
const emptyNode = <T>(): Node<T> => ({
  children: new Map(),
  targets: new Map(),
  parameter: '',
  path: '',
});
const segmentsOf = (path: string) => path.split('/').slice(1);

function search<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  params: Readonly<Record<string, string>>,
  method: string,
): Found<T> | undefined {
  const segment = segments[at];
  if (segment === undefined) {
    if (node.targets.size === 0) return undefined;
    return { path: node.path, params, target: node.targets.get(method) };
  }
  const literal = node.children.get(segment);
  const found = literal && search(literal, segments, at + 1, params, method);
  if (found) return found;
  const any = segment === '' ? undefined : node.children.get(ANY);
  return any && search(any, segments, at + 1, { ...params, [any.parameter]: segment }, method);
}
