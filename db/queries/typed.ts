import type { Session } from './session.ts';

/** What somebody typed, on its way through a reference to a view: those wait in clear (decision 28), so it is sealed. */
export function typedQueries({ vault }: Session) {
  return {
    seal: (text: string): string => vault.seal(text),
    /** Empty where it was sealed under another key: what is shown then is a form without it. */
    open(sealed: string): string {
      try {
        return vault.open(sealed);
      } catch {
        return '';
      }
    },
  };
}
