import { cleanText } from './text.ts'

/** The tags of a cell: 老客户、展会 → two. */
export const splitTags = (text: string): string[] =>
  text
    .split(/[,，;；、|\n]+/)
    .map((tag) => cleanText(tag).slice(0, 50))
    .filter((tag) => tag !== '')
