import { createHash } from 'node:crypto';

/** Of every page: light and dark, for a telephone first, and readable without colour. */
export const STYLE = `
:root{color-scheme:light dark;--back:#f3f5f7;--card:#fff;--ink:#14212b;--soft:#52616e;--line:#c5ced6;--edge:#7a8792;--deed:#0b6b4f;--deed-ink:#fff;--bad:#a3211b;--bad-back:#fdeceb;--ring:#0a7cff}
@media (prefers-color-scheme:dark){:root{--back:#0f1519;--card:#182127;--ink:#eef3f6;--soft:#a9b7c2;--line:#45535f;--edge:#8493a0;--deed:#3ecf9a;--deed-ink:#06241a;--bad:#ffb4ae;--bad-back:#3b1a18;--ring:#6db3ff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem 1rem;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:2rem 1.75rem;box-shadow:0 8px 30px rgb(0 0 0/.06);overflow-wrap:anywhere}
.sign{display:flex;align-items:center;gap:.6rem;margin:0 0 1.5rem;font-weight:600;color:var(--soft)}
.sign svg{width:1.6rem;height:1.6rem;flex:none}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem}
.soft{color:var(--soft);font-size:.925rem}
label{display:block;margin:0 0 .35rem;font-weight:600}
input{width:100%;margin:0 0 1rem;padding:.7rem .8rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--edge);border-radius:8px}
input[readonly]{color:var(--soft)}
button{display:block;width:100%;margin:0 0 .75rem;padding:.75rem 1rem;font:inherit;font-weight:600;cursor:pointer;color:var(--deed-ink);background:var(--deed);border:1px solid var(--deed);border-radius:8px}
button.quiet{color:var(--ink);background:transparent;border-color:var(--edge)}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px}
a{color:inherit}
ul{margin:0 0 1rem;padding:0 0 0 1.1rem}
li{margin:.25rem 0}
.alert{padding:.7rem .9rem;border:1px solid var(--bad);border-radius:8px;color:var(--bad);background:var(--bad-back)}
.note{padding:.7rem .9rem;border:1px dashed var(--line);border-radius:8px}
code{font-size:.925em}
`;

/** By which a browser knows that it is ours (Content Security Policy). */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
