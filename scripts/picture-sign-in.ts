/**
 * Draws docs/images/sign-in.png anew, by hand: `npm start` in one terminal, in another
 * `node scripts/picture-sign-in.ts /usr/bin/chromium http://127.0.0.1:8080`.
 */
import { chromium } from 'playwright-core';

const [executablePath = '/usr/bin/chromium', api = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 560, height: 620 } });
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: 'oac_sandbox_app',
    redirect_uri: 'http://127.0.0.1:39999/callback',
    scope: 'openid chargers:read',
    code_challenge: 'E9Melhoa2OwvFrEMTJGuCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  await page.goto(`${api}/oauth2/authorize?${asked}`);
  await page.screenshot({ path: 'docs/images/sign-in.png' });
} finally {
  await browser.close();
}
