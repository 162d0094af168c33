import { type HTMLElement, parse } from 'node-html-parser';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** What a browser shows, and where it is. */
export interface Shown {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The page, as text where it is none. */
  readonly html: HTMLElement;
  readonly text: string;
}

/**
 * A browser without scripts: keeps cookies by their paths, follows redirects on its site, and sends forms with
 * what they hold. A redirect to anywhere else is where it ends: that is the app.
 */
export class Browser {
  readonly #site: string;
  #cookies: readonly Cookie[] = [];

  /** @param site the origin whose pages it opens */
  constructor(site: string) {
    this.#site = site;
  }

  /** The names of the cookies that it holds. */
  get cookies(): string[] {
    return this.#cookies.map(({ name }) => name);
  }

  open(url: string | URL, init: RequestInit = {}): Promise<Shown> {
    return this.#follow(new URL(url, this.#site), init, 0);
  }

  /** Sends a form of the page: the one with this button's text. */
  async press(page: Shown, button: string, fields: Record<string, string> = {}): Promise<Shown> {
    const form = page.html
      .querySelectorAll('form')
      .find((one) => one.querySelectorAll('button').some(({ text }) => text.trim() === button));
    if (!form) throw new Error(`${page.url} has no button ${button}: ${page.text}`);
    const body = new URLSearchParams();
    for (const input of form.querySelectorAll('input'))
      body.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
    const pressed = form.querySelectorAll('button').find(({ text }) => text.trim() === button);
    const name = pressed?.getAttribute('name');
    if (name) body.set(name, pressed?.getAttribute('value') ?? '');
    for (const [key, value] of Object.entries(fields)) body.set(key, value);
    const action = new URL(form.getAttribute('action') ?? '', page.url);
    return this.open(action, {
      method: 'POST',
      body,
      headers: { Origin: this.#site, 'Sec-Fetch-Site': 'same-origin' },
    });
  }

  async #follow(url: URL, init: RequestInit, hops: number): Promise<Shown> {
    if (hops > 10) throw new Error(`Too many redirects: ${url}`);
    const headers = new Headers(init.headers);
    headers.set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    const cookie = this.#cookiesFor(url);
    if (cookie) headers.set('Cookie', cookie);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.#keep(url, answer.headers.getSetCookie());
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (!location || answer.status < 300 || answer.status > 399)
      return {
        url: url.href,
        status: answer.status,
        headers: answer.headers,
        html: parse(text),
        text,
      };
    const next = new URL(location, url);
    if (next.origin === this.#site) return this.#follow(next, {}, hops + 1);
    return { url: next.href, status: 0, headers: answer.headers, html: parse(''), text: '' };
  }

  #cookiesFor({ pathname }: URL): string {
    return this.#cookies
      .filter(({ path }) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep({ pathname }: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/; */);
      const [name = '', ...rest] = pair.split('=');
      const given = attributes.map((text) => /^path=(.*)$/i.exec(text)?.[1]).find(Boolean);
      const path = given ?? (pathname.replace(/\/[^/]*$/, '') || '/');
      const others = this.#cookies.filter((one) => one.name !== name || one.path !== path);
      const isOver = attributes.some((text) => /^expires=Thu, 01 Jan 1970/i.test(text));
      this.#cookies = isOver ? others : [...others, { name, value: rest.join('='), path }];
    }
  }
}
