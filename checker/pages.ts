/** All pages of a List or Describe call, whatever AWS calls its token. */
export async function everyPage<Page>(
  fetch: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await fetch(token);
    pages.push(page);
    token = tokenOf(page);
  } while (token);
  return pages;
}
