import { AppError } from '#shared/core/errors.ts';

const SHORTEST = 12;
const LONGEST = 128;
/** What is left when the obvious is taken out must be so long. */
const LEFT_OVER = 6;
const DIFFERENT_CHARACTERS = 5;

const COMMON =
  `password passwort passw0rd qwertyuiop qwerty asdfgh letmein welcome iloveyou administrator admin
  chargespot magma changeme 1234567890 123456 abcdef`.split(/\s+/);

/** What a password of somebody in particular must not be made of. */
export interface Obvious {
  readonly email: string;
  readonly name?: string | null;
  readonly organization: string;
}

/** Throws validation_failed for one that is too short, or among the first that others would try. */
export function checkNewPassword(password: string, about: Obvious): void {
  const length = [...password].length;
  if (length < SHORTEST) throw refused('too_short', `At least ${SHORTEST} characters.`);
  if (length > LONGEST) throw refused('too_long', `At most ${LONGEST} characters.`);
  if (isObvious(password, about))
    throw refused('too_obvious', 'Too easy to guess: use a few words that do not go together.');
}

function isObvious(password: string, { email, name, organization }: Obvious): boolean {
  const text = folded(password);
  const [local = '', domain = ''] = email.split('@');
  const known = [email, local, domain, name ?? '', organization, ...(name ?? '').split(/\s/)];
  const pieces = [...known, ...organization.split(/\s/), ...COMMON]
    .map(folded)
    .filter((piece) => piece.length > 2)
    .sort((a, b) => b.length - a.length);
  const rest = pieces.reduce((left, piece) => left.replaceAll(piece, ''), text);
  const isRun = steps(text).size === 1;
  return rest.length < LEFT_OVER || new Set(text).size < DIFFERENT_CHARACTERS || isRun;
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** How each character follows the one before: one step is a run such as `abcdefghijkl`. */
const steps = (text: string) =>
  new Set([...text].slice(1).map((letter, n) => letter.charCodeAt(0) - text.charCodeAt(n)));

const refused = (code: string, message: string) =>
  new AppError('validation_failed', 'This password cannot be taken.', {
    errors: [{ field: 'password', code, message }],
  });
