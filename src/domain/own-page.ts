/** The connection that is no platform: people whom no bot reaches have a page of their own (issue 4, point 6, third way). */
export const PAGE = 'page';

/**
 * The id that a personal page stands under, in `identity` and in what is sent there. Every new link has another, so
 * that whatever was sealed for an older one is bound to nobody.
 */
export const pageId = (memberId: number, link: number): string => `m${memberId}.${link}`;

/** Whose page, this one or an older one; null: it is none. */
export function memberOfPage(id: string): number | null {
  const found = /^m(\d+)\.\d+$/u.exec(id)?.[1];
  return found ? Number(found) : null;
}
