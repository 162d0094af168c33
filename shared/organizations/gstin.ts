const FORM = /^(\d{2})[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Of the states and union territories, of territory beyond them, and of the centre. */
const isState = (code: number) => (code >= 1 && code <= 38) || code === 97 || code === 99;

/**
 * Whether a text is an Indian GST number: state, PAN, registration within the state, `Z`, and a check
 * character over the other fourteen.
 */
export function isGstin(text: string): boolean {
  const [, state] = FORM.exec(text) ?? [];
  return state !== undefined && isState(Number(state)) && text.at(-1) === checkCharacter(text);
}

/** Every second digit counts twice; of each product, the digits in base 36 are added up. */
function checkCharacter(text: string): string {
  const sum = [...text.slice(0, -1)].reduce((total, character, n) => {
    const product = DIGITS.indexOf(character) * (n % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return DIGITS.charAt((36 - (sum % 36)) % 36);
}
