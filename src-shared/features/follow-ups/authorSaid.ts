/** Where a row of a file keeps the name of an author who is no colleague, until it is finished. */
export const AUTHOR_SAID = 'authorSaid'

/** What was said, with the name behind it of whoever said it and is nobody here: the name of the file is never lost, and never turned into another's. */
export function withAuthorSaid(text: string, name: string): string {
  const told = `（原作者：${name}）`
  return text === '' || name === '' || text.endsWith(told) ? text : `${text}${told}`
}
