const CERTIFICATES = 'It needs a signing request with a key of its own.';

/** What runs in no journey of the sweep, and why. */
export const notSwept: Readonly<Record<string, string>> = {
  'subscriber write-to-admins': 'Its events are of endpoints and keys that fail for days.',
  'task deliver-slow-webhook': 'It is deliver-webhook in another queue.',
  'task finish-renewal': CERTIFICATES,
  'task greet-connection':
    'It waits by a real clock for a turn that a dead process holds; push-live greets in the sweep.',
  'task issue-certificate': CERTIFICATES,
  'task renew-certificate': CERTIFICATES,
  'task send-sign-in-code': 'It is asked for by the pages of sign-in, which are no operations.',
  'task start-password-reset': 'It is asked for by the pages of sign-in, which are no operations.',
};
